import { type Schema, Validator } from "@cfworker/json-schema";
import type { ValidatorType } from "@rjsf/utils";

/**
 * The API alone says what holds, in one language and one set of words; a form only finds out which of several shapes it
 * is to show. Interpreted, because compiling a schema would need `unsafe-eval`.
 */
const validator: ValidatorType = {
  isValid: (schema, data, root) =>
    new Validator({ ...(schema as Schema), $defs: root?.$defs as Record<string, Schema> }, "2020-12").validate(data)
      .valid,
  rawValidation: () => ({ errors: [] }),
  validateFormData: () => ({ errors: [], errorSchema: {} }),
};

export default validator;
