/** The environment variable in which the plugin is told its endpoint. */
export const ENDPOINT_VARIABLE = "BASELINE_SANDBOX_ENDPOINT";

/** And the one with the key id of a session the emulator gave out, for another account than its first. */
export const ACCESS_KEY_VARIABLE = "BASELINE_SANDBOX_ACCESS_KEY_ID";
