import type { ComponentType } from "react";
import { AutomationEditor } from "@/settings/automation/AutomationEditor";
import { HoursEditor } from "@/settings/hours/HoursEditor";
import { StaffEditor } from "@/settings/staff/StaffEditor";
import type { Editing } from "@/settings/useSettings";

/** Sections whose lists within lists ask for more than the form of their schema. */
export const EDITORS: Record<string, ComponentType<Editing<never>> | undefined> = {
  "working-hours": HoursEditor,
  staff: StaffEditor,
  "after-sale-automation": AutomationEditor,
};
