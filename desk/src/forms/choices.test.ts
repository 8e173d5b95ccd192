import { expect, it } from "vitest";
import { choices } from "@/forms/choices";

it("choices are called what the API calls them, also within what they belong to", () => {
  const reason = { type: "string" as const, enum: ["late", "other"], "x-titles": { late: "延迟发货", other: "其他" } };
  const within = { type: "object" as const, properties: { reason } };
  const named = { "ui:enumNames": ["延迟发货", "其他"] };
  expect(choices({ type: "object", properties: { reason, within } })).toEqual({
    reason: named,
    within: { reason: named },
  });
});

it("a field of files takes photos", () =>
  expect(choices({ properties: { files: { type: "array", "x-files": true } as object } })).toEqual({
    files: { "ui:widget": "files" },
  }));
