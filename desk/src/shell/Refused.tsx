import { Alert } from "antd";
import type { Problem } from "@/api/problem";

/** Why something was not done, in the API's own sentences; nothing where it was. */
export function Refused({ by }: { by: Problem | null }) {
  if (!by) return null;
  return <Alert type="error" showIcon title={by.sentences.map((sentence) => <div key={sentence}>{sentence}</div>)} />;
}
