/** The nonce by which this page may make styles (Content-Security-Policy); none on the development server. */
export const NONCE = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce;

/** Gives it to every style that a script makes: some of Ant Design's helpers make theirs without asking for it. */
export function giveStylesTheirNonce() {
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = create(name, options);
    if (NONCE && made instanceof HTMLStyleElement) made.nonce = NONCE;
    return made;
  }) as typeof document.createElement;
}
