let token: string | null = null;

/** What this page sends with whatever changes something; signing in, or asking who one is, tells it. */
export const csrf = {
  get: () => token,
  set: (told: string | null | undefined) => {
    token = told ?? null;
  },
};
