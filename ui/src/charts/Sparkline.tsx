/** The course of one figure, without axes; the figure itself stands beside it. */
export function Sparkline({ values, token }: { values: (number | null)[]; token: string }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <svg width="100%" height="28" aria-hidden="true" />;
  const high = Math.max(...known);
  const low = Math.min(0, ...known);
  const step = 100 / (values.length - 1);
  const y = (value: number) => 26 - ((value - low) / (high - low || 1)) * 24;
  let path = "";
  let isDrawing = false;
  values.forEach((value, index) => {
    if (value === null) return;
    path += `${isDrawing ? "L" : "M"}${(index * step).toFixed(2)} ${y(value).toFixed(2)}`;
    isDrawing = true;
  });
  return (
    <svg
      width="100%"
      height="28"
      viewBox="0 0 100 28"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        d={path}
        fill="none"
        stroke={`var(${token})`}
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
