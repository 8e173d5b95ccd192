import { Button, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Problem } from "@/api/problem";
import { FoundTable } from "@/search/FoundTable";
import { useSearch } from "@/search/useSearch";
import { Refused } from "@/shell/Refused";
import "@/search/search.css";

/** What was found for the words in the address. */
export function Search() {
  const { t } = useTranslation();
  const words = useSearchParams()[0].get("q") ?? "";
  const found = useSearch(words);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Flex vertical gap="small" className="search">
      <Typography.Title level={1} className="search-title">
        {t("search.for", { words })}
      </Typography.Title>
      <Refused by={found.error as Problem | null} />
      <FoundTable items={items} loading={found.isPending} />
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t("inbox.more")}
        </Button>
      )}
    </Flex>
  );
}
