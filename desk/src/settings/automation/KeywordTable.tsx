import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Select, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { Keyword } from "@/settings/automation/automation";
import { choicesOf, type Form, replaced } from "@/settings/sections";

type Shown = { form: Form; keywords: Keyword[]; change: (keywords: Keyword[]) => void };

/** Words that speak for a service; a request that says another one's is looked at by somebody. */
export function KeywordTable({ form, keywords, change }: Shown) {
  const { t } = useTranslation();
  const services = choicesOf<Keyword["service"]>(form, "Service");
  const set = (at: number, next: Keyword | null) => change(replaced(keywords, at, next));
  return (
    <Flex vertical gap="small">
      <Table
        size="small"
        rowKey={(keyword) => keywords.indexOf(keyword)}
        aria-label={t("automation.keywords")}
        dataSource={keywords}
        pagination={false}
        locale={{ emptyText: t("automation.noKeywords") }}
        columns={[
          {
            title: t("automation.service"),
            width: 180,
            render: (_, one, at) => (
              <Select
                className="keyword-service"
                aria-label={t("automation.service")}
                value={one.service}
                options={services}
                onChange={(service) => set(at, { ...one, service })}
              />
            ),
          },
          {
            title: t("automation.words"),
            render: (_, one, at) => (
              <Select
                className="keyword-words"
                mode="tags"
                open={false}
                suffixIcon={null}
                tokenSeparators={[",", "，"]}
                aria-label={t("automation.words")}
                value={[...one.words]}
                onChange={(words) => set(at, { ...one, words })}
              />
            ),
          },
          {
            key: "remove",
            title: "",
            width: 48,
            render: (_, __, at) => (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t("automation.remove")}
                onClick={() => set(at, null)}
              />
            ),
          },
        ]}
      />
      <Button
        className="settings-save"
        icon={<PlusOutlined />}
        disabled={!services[0]}
        onClick={() => services[0] && change([...keywords, { service: services[0].value, words: [] }])}
      >
        {t("automation.addKeyword")}
      </Button>
    </Flex>
  );
}
