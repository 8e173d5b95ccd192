import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Wanted } from "@/settings/webhooks/useWebhooks";

type Shown = { wanted?: Wanted; busy: boolean; does: string; done: (wanted: Wanted) => void };

/** What is often wanted; any type of a timeline's lines may be written in. */
const OFTEN = ["*", "order.stage", "after_sale.*", "deadline.*", "work_item.*", "parcel.*", "hold.*", "intercept.*"];

/** Whom to tell, and what. */
export function WebhookFields({ wanted, busy, does, done }: Shown) {
  const { t } = useTranslation();
  return (
    <Form<Wanted>
      layout="vertical"
      name={wanted ? wanted.url : "new"}
      initialValues={wanted ?? { types: ["*"], description: "" }}
      onFinish={done}
    >
      <Form.Item name="url" label={t("webhooks.url")} rules={[{ required: true }]}>
        <Input inputMode="url" placeholder="https://shop.example.com/caseline" autoComplete="off" />
      </Form.Item>
      <Form.Item name="types" label={t("webhooks.types")} rules={[{ required: true }]} extra={t("webhooks.typesHint")}>
        <Select
          mode="tags"
          tokenSeparators={[",", " "]}
          options={OFTEN.map((type) => ({ value: type, label: type }))}
        />
      </Form.Item>
      <Form.Item name="description" label={t("webhooks.description")}>
        <Input />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {does}
      </Button>
    </Form>
  );
}
