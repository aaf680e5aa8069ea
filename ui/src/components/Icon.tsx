import type { SVGProps } from "react";

/** 16 px line icons, drawn here: no icon font, no remote file. */
const PATHS = {
  overview: "M2.5 13.5v-5M6.5 13.5v-11M10.5 13.5v-7M14 13.5v-9",
  traces: "M2.5 4h8M5 8h8.5M7.5 12h4.5",
  providers: "M8 2.5 13.5 5v6L8 13.5 2.5 11V5zM2.5 5 8 7.6 13.5 5M8 7.6v5.9",
  routes:
    "M2.5 8h3c2.500 0 2.500-4.500 5-4.500h3M5.5 8c2.500 0 2.500 4.500 5 4.500h3M11.500 1.500l2 2-2 2M11.500 10.500l2 2-2 2",
  audit:
    "M8 1.500 13.500 3.500v4c0 3.500-2.300 5.800-5.500 7-3.200-1.200-5.500-3.500-5.500-7v-4zM5.5 8 7.300 9.800 10.600 6.300",
  sessions: "M2.5 3h8v6h-5l-3 2.500zM12.500 6h1v7.500l-2.500-2h-4",
  play: "M5 3.500v9l7.500-4.500z",
  up: "m4 10 4-4 4 4",
  edit: "M2.5 13.500v-2.500l8-8 2.500 2.500-8 8zM9 4.500 11.500 7",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10M10.7 10.7 14 14",
  sun: "M8 10.8A2.8 2.8 0 1 0 8 5.2a2.8 2.8 0 0 0 0 5.6M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7",
  moon: "M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1",
  system: "M2 3h12v8H2zM6 14h4M8 11v3",
  copy: "M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1",
  check: "m3 8.5 3.2 3.2L13 4.8",
  close: "m4 4 8 8M12 4l-8 8",
  down: "m4 6 4 4 4-4",
  right: "m6 4 4 4-4 4",
  left: "m10 4-4 4 4 4",
  filter: "M2 3.5h12M4.5 8h7M6.5 12.5h3",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  bookmark: "M4 2.5h8v11L8 10.6 4 13.5z",
  download: "M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.5 13.5h11",
  live: "M4.4 11.6a5 5 0 0 1 0-7.2M11.6 4.4a5 5 0 0 1 0 7.2M8 8h.01",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  help: "M6 6a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.4M8 11.8h.01M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13",
  alert: "M8 2 14.5 13.5h-13zM8 6.5v3M8 11.5h.01",
  bell: "M4 11.500c.8-1 1-2.200 1-4a3 3 0 0 1 6 0c0 1.800.2 3 1 4zM6.800 13.500h2.400",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 4.8V8l2.2 1.6",
  user: "M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8M3 13.5c.5-2.4 2.4-3.7 5-3.7s4.5 1.3 5 3.7",
  session: "M2.5 3h11v7.500H7.500L4.5 13v-2.500h-2z",
  tag: "M2.5 2.500h5.500l5.5 5.5-5.5 5.500L2.5 8zM5.3 5.300h.01",
  tool: "M9.8 2.600a3.4 3.4 0 0 0-3 5.100L2.5 12l1.5 1.5 4.3-4.300a3.4 3.4 0 0 0 4.9-3.900L11 7.5 8.9 7l-.4-2 2.2-2.200a3 3 0 0 0-.9-.2",
  image: "M2.5 3h11v10h-11zM5.5 6.500h.01M2.5 11l3-2.5 2.5 2 2.5-3 3 3",
  key: "M10.5 9a3.5 3.5 0 1 0-3.3-2.300L2.5 11.400V13.500h2.300v-1.600h1.600v-1.600l.9-.9a3.5 3.5 0 0 0 3.2-.4M10.8 5.300h.01",
  trash: "M3 4.500h10M6 4.500v-2h4v2M4.5 4.500l.5 9h6l.5-9",
  plus: "M8 3v10M3 8h10",
  brain:
    "M8 2.500v11M8 4a2 2 0 0 0-3.8.6A2.2 2.2 0 0 0 3 8.500a2.2 2.2 0 0 0 1.5 3.500A2 2 0 0 0 8 12M8 4a2 2 0 0 1 3.8.6A2.2 2.2 0 0 1 13 8.500a2.2 2.2 0 0 1-1.5 3.500A2 2 0 0 1 8 12",
  out: "M9.5 2.500h4v4M13.5 2.5 8 8M7 3.500H2.500v10h10V9",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({
  name,
  ...rest
}: { name: IconName } & Omit<SVGProps<SVGSVGElement>, "name">) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      {...rest}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
