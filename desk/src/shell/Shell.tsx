import { Flex, Layout, Typography } from "antd";
import { Outlet } from "react-router";
import { LanguageSwitch } from "@/shell/LanguageSwitch";

/** What stands around every page. */
export function Shell() {
  return (
    <Layout>
      <Layout.Header>
        <Flex align="center" justify="space-between">
          <Typography.Text strong>Caseline</Typography.Text>
          <LanguageSwitch />
        </Flex>
      </Layout.Header>
      <Layout.Content>
        <Outlet />
      </Layout.Content>
    </Layout>
  );
}
