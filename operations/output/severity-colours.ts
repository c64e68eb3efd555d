import { type styled } from "../../common/terminal";
import { type Severity } from "./severity";

/** In a terminal; the word stands beside it, for those who see no colours. */
export const severityColours: Record<Severity, Parameters<typeof styled>[0]> = {
  critical: ["bold", "red"],
  high: "red",
  medium: "yellow",
  low: "gray",
};
