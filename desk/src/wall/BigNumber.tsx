import { type ReactNode, useId } from "react";

type Shown = { name: string; value: number; lead?: boolean; alarming?: boolean; children?: ReactNode };

/** One number that the room has to see, and what lies behind it. */
export function BigNumber({ name, value, lead, alarming, children }: Shown) {
  const label = useId();
  return (
    <section className={`wall-part${lead ? " wall-lead" : ""}`} aria-labelledby={label}>
      <h2 id={label}>{name}</h2>
      <output className={alarming ? "wall-number wall-alarm" : "wall-number"}>{value}</output>
      {children}
    </section>
  );
}
