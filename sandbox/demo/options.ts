/** What the command line says. */
export interface DemoOptions {
  realProvider?: boolean;
  inProcess?: boolean;
  /** Where the page goes. */
  report: string;
}
