/** A place of the desk's own to go to; never another site's. */
export function inside(to: string | null): string {
  return to?.startsWith("/") && !to.startsWith("//") && !to.includes("\\") ? to : "/inbox";
}
