import type { ReactNode } from "react";

/** What may be wider than its place: it is scrolled sideways, by keys too. */
export function Wide({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keys has to get there (WCAG 2.1.1)
    <div className="wide" tabIndex={0}>
      {children}
    </div>
  );
}
