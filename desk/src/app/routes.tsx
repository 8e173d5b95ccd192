import { createBrowserRouter } from "react-router";
import { Shell } from "@/shell/Shell";

/** What each address shows; a page's code is loaded when it is first shown. */
export const router = createBrowserRouter(
  [
    {
      element: <Shell />,
      children: [{ path: "*", lazy: async () => ({ Component: (await import("@/start/Start")).Start }) }],
    },
  ],
  { basename: "/desk" },
);
