// Imported first by a program, before Pulumi's SDK is loaded: what the SDK does for nobody is left out.
import { sendDebugLinesTogether } from "./debug-lines";
import { withoutPromiseStacks } from "./promise-stacks";
import { loadPartsWhenUsed } from "./unused-parts";

loadPartsWhenUsed();
withoutPromiseStacks();
sendDebugLinesTogether();
