import { Button, Drawer, Flex, Grid } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { FirstSteps } from "@/inbox/FirstSteps";
import { readFilters, type Task, withFilters } from "@/inbox/filters";
import { KeyHelp } from "@/inbox/KeyHelp";
import { TaskPanel } from "@/inbox/TaskPanel";
import { TaskTable } from "@/inbox/TaskTable";
import { useHand } from "@/inbox/useHand";
import { useKeys } from "@/inbox/useKeys";
import { useSteady } from "@/inbox/useSteady";
import { useCounts, useTasks } from "@/inbox/useTasks";
import { ViewTabs } from "@/inbox/ViewTabs";
import "@/inbox/inbox.css";

/** What is to be done: a list, and beside it the task that is open, both in the address. */
export function Inbox() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const [helping, setHelping] = useState(false);
  const wide = Grid.useBreakpoint().lg ?? true;
  const filters = readFilters(address);
  const open = address.get("task");
  const tasks = useTasks(filters);
  const counts = useCounts();
  const hand = useHand();
  const latest = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  const { rows: items, gone, more } = useSteady(latest, `${filters.view}/${filters.type}`, hand.held);

  function show(task: Task | null) {
    const next = withFilters(address, {});
    if (task) next.set("task", task.item_id);
    setAddress(next, { replace: true });
  }
  useKeys({ items, open, show, help: () => setHelping(true) });

  const panel = open && <TaskPanel key={open} itemId={open} />;
  return (
    <Flex className="inbox">
      <Flex vertical gap="small" className="inbox-list">
        <ViewTabs
          filters={filters}
          counts={counts.data}
          change={(change) => setAddress(withFilters(address, change))}
          help={() => setHelping(true)}
        />
        <FirstSteps empty={tasks.isSuccess && items.length === 0} />
        {more > 0 && <output className="inbox-hint">{t("inbox.cameIn", { count: more })}</output>}
        <div {...hand.over}>
          <TaskTable items={items} open={open} show={show} loading={tasks.isPending} wide={wide} gone={gone} />
        </div>
        {tasks.hasNextPage && (
          <Button loading={tasks.isFetchingNextPage} onClick={() => tasks.fetchNextPage()}>
            {t("inbox.more")}
          </Button>
        )}
      </Flex>
      {wide ? (
        <aside className="inbox-panel">{panel || <p className="inbox-hint">{t("inbox.choose")}</p>}</aside>
      ) : (
        <Drawer open={Boolean(open)} onClose={() => show(null)} placement="bottom" size="85%">
          {panel}
        </Drawer>
      )}
      {helping && <KeyHelp close={() => setHelping(false)} />}
    </Flex>
  );
}
