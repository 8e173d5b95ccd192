import type { components } from "@generated/openapi";
import type { Language } from "@/words/language";

type Catalogue = components["schemas"]["Catalogue"];

/** A text that people read out: the edition's, and what stands in its place in the shop's own. */
export type TextRow = { key: string; title: string; edition: string | null; own: string | null };

/** The texts of two editions beside each other, in one language; tasks first, each form of one for itself. */
export function beside(edition: Catalogue, own: Catalogue, language: Language): TextRow[] {
  const [theirs, ours] = [texts(edition, language), texts(own, language)];
  return [...new Set([...theirs.keys(), ...ours.keys()])].map((key) => ({
    key,
    title: (ours.get(key) ?? theirs.get(key))?.title ?? key,
    edition: theirs.get(key)?.script ?? null,
    own: ours.get(key)?.script ?? null,
  }));
}

type Text = { title: string; script: string };

function texts(catalogue: Catalogue, language: Language): Map<string, Text> {
  const found = new Map<string, Text>();
  for (const [name, task] of Object.entries(catalogue.tasks)) {
    const title = task.title[language];
    found.set(name, { title, script: task.script[language] });
    for (const [form, variant] of Object.entries(task.variants ?? {})) {
      found.set(`${name}.${form}`, { title: `${title} (${form})`, script: variant.script[language] });
    }
  }
  for (const [name, piece] of Object.entries(catalogue.knowledge)) {
    found.set(`knowledge.${name}`, { title: piece.title[language], script: piece.script[language] });
  }
  return found;
}
