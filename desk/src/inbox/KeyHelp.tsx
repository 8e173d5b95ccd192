import { Descriptions, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";

/** What the keyboard does in the inbox. */
export function KeyHelp({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const keys = {
    j: t("keys.next"),
    k: t("keys.previous"),
    c: t("keys.claim"),
    e: t("keys.complete"),
    "Ctrl ⏎": t("keys.completeTyping"),
    Esc: t("keys.leave"),
    "/": t("search.label"),
    "?": t("keys.help"),
  };
  return (
    <Modal open onCancel={close} footer={null} title={t("inbox.help")}>
      <Descriptions
        column={1}
        size="small"
        items={Object.entries(keys).map(([key, does]) => ({
          key,
          label: <Typography.Text keyboard>{key}</Typography.Text>,
          children: does,
        }))}
      />
    </Modal>
  );
}
