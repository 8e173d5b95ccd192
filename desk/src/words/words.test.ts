import { describe, expect, it } from "vitest";
import en from "@/words/en.json";
import { preferredLanguage } from "@/words/language";
import zh from "@/words/zh.json";

function keys(words: object, above = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "object" ? keys(value, `${above}${key}.`) : [above + key],
  );
}

/** Chinese has no plural of its own. */
const withoutPlurals = (names: string[]) => new Set(names.map((name) => name.replace(/_(one|other)$/, "")));

describe("words", () => {
  it("are there in both languages", () => {
    expect(withoutPlurals(keys(zh))).toEqual(withoutPlurals(keys(en)));
  });
});

describe("the language", () => {
  it("is the one chosen here before", () => expect(preferredLanguage("zh", ["en-GB"])).toBe("zh"));
  it("is else the browser's first that the desk has", () =>
    expect(preferredLanguage(null, ["de-DE", "zh-TW", "en"])).toBe("zh"));
  it("is English where the browser has neither", () => expect(preferredLanguage(null, ["de"])).toBe("en"));
});
