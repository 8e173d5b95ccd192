export type Language = "zh" | "en";

/** The language somebody chose here before, or the first of the browser's that the desk has. */
export function preferredLanguage(chosen: string | null, browsers: readonly string[]): Language {
  if (chosen === "zh" || chosen === "en") return chosen;
  const known = browsers.map((tag) => tag.slice(0, 2)).find((tag) => tag === "zh" || tag === "en");
  return known === "zh" ? "zh" : "en";
}
