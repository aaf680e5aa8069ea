/** Colours of charts, by token: what a canvas draws must be asked from the page. */

const SERIES = 8;

export function seriesToken(index: number): string {
  return `--series-${(index % SERIES) + 1}`;
}

/** Tokens of the current theme as colours a canvas takes. */
export function resolveColors<T extends string>(tokens: readonly T[]): Record<T, string> {
  const probe = document.createElement("span");
  // Read while a transition runs, a colour would still be the one before.
  probe.style.transition = "none";
  document.body.append(probe);
  const colors = {} as Record<T, string>;
  for (const token of tokens) {
    probe.style.color = `var(${token})`;
    colors[token] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colors;
}

/** A colour `rgb(r, g, b)` with this opacity. */
export function withAlpha(color: string, alpha: number): string {
  return color.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+).*$/, `rgba($1,$2,$3, ${alpha})`);
}
