import Form from "@rjsf/antd";
import type { RJSFSchema } from "@rjsf/utils";
import { useMemo } from "react";
import type { Problem } from "@/api/problem";
import { choices } from "@/forms/choices";
import { FilesField } from "@/forms/FilesField";
import { plainSchema } from "@/forms/plainSchema";
import { UnitsField } from "@/forms/UnitsField";
import validator from "@/forms/validator";
import { wrongFields } from "@/forms/wrongFields";
import "@/forms/forms.css";

type Value = Record<string, unknown>;
type Shown = {
  schema: Value;
  value: Value;
  change: (value: Value) => void;
  caseId: string;
  refused?: Problem | null;
};

const WIDGETS = { files: FilesField, units: UnitsField };
/** A list begins empty: what nobody filled in is not asked for. */
const DEFAULTS = { arrayMinItems: { populate: "never" } } as const;

/** The form of what a step or an outcome asks for; nothing where it asks for nothing. */
export function SchemaForm({ schema, value, change, caseId, refused = null }: Shown) {
  const { title: _, description: __, ...asked } = useMemo(() => plainSchema(schema as RJSFSchema), [schema]);
  if (!Object.keys(asked.properties ?? {}).length) return null;
  return (
    <Form
      tagName="div"
      className="schema-form"
      schema={asked}
      validator={validator}
      widgets={WIDGETS}
      experimental_defaultFormStateBehavior={DEFAULTS}
      formContext={{ caseId }}
      formData={value}
      onChange={(event) => change(event.formData ?? {})}
      uiSchema={{ ...choices(asked), "ui:submitButtonOptions": { norender: true } }}
      extraErrors={wrongFields(refused)}
      showErrorList={false}
      noHtml5Validate
    />
  );
}
