import type { ComponentType } from "react";
import { Accounts } from "@/settings/accounts/Accounts";
import { Campaigns } from "@/settings/campaigns/Campaigns";
import { Permissions } from "@/settings/Permissions";
import { Texts } from "@/settings/texts/Texts";
import { Webhooks } from "@/settings/webhooks/Webhooks";

/** What an owner sets up or looks up beside the sections of the shop's settings, by its address. */
export const PAGES = {
  permissions: { title: "settings.permissions", Page: Permissions },
  accounts: { title: "accounts.heading", Page: Accounts },
  webhooks: { title: "webhooks.heading", Page: Webhooks },
  campaigns: { title: "campaigns.heading", Page: Campaigns },
  texts: { title: "texts.heading", Page: Texts },
} as const satisfies Record<string, { title: string; Page: ComponentType<{ merchant: string }> }>;
