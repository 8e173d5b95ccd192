import type { components } from "@generated/openapi";
import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Moment } from "@/case/Moment";

type Memo = components["schemas"]["MemoShown"];
type Message = components["schemas"]["SentMessage"];

/** What the shop's people noted and what the buyer was sent. */
export function Texts({ memos, messages }: { memos: Memo[]; messages: Message[] }) {
  const { t } = useTranslation();
  if (!memos.length && !messages.length) {
    return <Typography.Text type="secondary">{t("case.noTexts")}</Typography.Text>;
  }
  return (
    <ul className="case-list">
      {memos.map((memo) => (
        <li key={memo.memo_id}>
          <Moment at={memo.at} /> {memo.line ?? said(memo.text)}{" "}
          <Typography.Text type="secondary">{memo.account}</Typography.Text>
        </li>
      ))}
      {messages.map((message) => (
        <li key={message.message_id}>
          <Moment at={message.at} /> {t("case.sent", { text: message.text })}
        </li>
      ))}
    </ul>
  );
}

function said(text: unknown): string {
  return typeof text === "string" ? text : Object.values(text as object).join(" ");
}
