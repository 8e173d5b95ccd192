import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import { RouterProvider } from "react-router";
import { NONCE } from "@/app/nonce";
import { queries } from "@/app/queries";
import { router } from "@/app/routes";
import { useTheme } from "@/app/theme";
import { useAntLocale } from "@/words/antLocale";

/** The desk: language, colours and what is known of the server around the page of the address. */
export function App() {
  return (
    <ConfigProvider
      csp={{ nonce: NONCE }}
      locale={useAntLocale()}
      theme={useTheme()}
      button={{ autoInsertSpace: false }} // a space within 领取 would be another word to who looks or listens for it
    >
      <AntApp>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
