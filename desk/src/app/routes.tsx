import { createBrowserRouter, Navigate } from "react-router";
import { Inbox } from "@/inbox/Inbox";
import { Guarded } from "@/session/Guarded";
import { SignIn } from "@/session/SignIn";
import { NotHere } from "@/shell/NotHere";
import { Shell } from "@/shell/Shell";

/** What each address shows. A page's code is loaded when it is first shown; the inbox is what the desk opens with. */
export const router = createBrowserRouter(
  [
    { path: "/sign-in", element: <SignIn /> },
    {
      element: <Guarded />,
      children: [
        {
          path: "wall",
          HydrateFallback: () => null,
          lazy: async () => ({ Component: (await import("@/wall/Wall")).Wall }),
        },
        {
          element: <Shell />,
          HydrateFallback: () => null,
          children: [
            { index: true, element: <Navigate replace to="/inbox" /> },
            { path: "inbox", element: <Inbox /> },
            { path: "cases/:caseId", lazy: async () => ({ Component: (await import("@/case/Case")).Case }) },
            { path: "figures", lazy: async () => ({ Component: (await import("@/figures/Figures")).Figures }) },
            { path: "search", lazy: async () => ({ Component: (await import("@/search/Search")).Search }) },
            {
              path: "settings/:section?",
              lazy: async () => ({ Component: (await import("@/settings/Settings")).Settings }),
            },
            { path: "*", element: <NotHere /> },
          ],
        },
      ],
    },
  ],
  { basename: "/desk" },
);
