// ODK's own engine as an oracle: one JSON request a line in, one JSON answer a line out.
//
// Request  {"xml": text, "files": {name: text}, "now": ISO or null, "steps": [step], "trace": bool,
//           "language": name or null}
// Answer   {"states": [{"nodes": {ref: {...}}, "submission": xml}], "refused": [{index, why}], "load_ms", "each_ms": [ms of a step]}
//          or {"error": text} when the form does not load.
//
// Steps and node facts have the shape of `ournydesk form simulate`, so the two can be laid side by side.
import { createInterface } from "node:readline";
import { performance } from "node:perf_hooks";
import { JSDOM } from "jsdom";

const RealDate = Date;
const dom = new JSDOM("<!doctype html>", { contentType: "text/html" });
globalThis.window = dom.window;
for (const name of Object.getOwnPropertyNames(dom.window)) {
  if (/^(DOMParser|XMLSerializer|Document|XMLDocument|Element|Attr|Text|Comment|CDATASection|Node|NodeFilter|NodeList|Range|ProcessingInstruction|DocumentFragment|HTML.*Element|SVGElement|XPath.*)$/.test(name)) {
    globalThis[name] = dom.window[name];
  }
}
globalThis.document = dom.window.document;
globalThis.__dirname = import.meta.dirname;

const { createInstance } = await import("@getodk/xforms-engine");

function freeze(iso) {
  if (!iso) {
    globalThis.Date = RealDate;
    return;
  }
  const fixed = new RealDate(iso).getTime();
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      parts.length ? super(...parts) : super(fixed);
    }
    static now() {
      return fixed;
    }
  };
}

function* nodesOf(node) {
  for (const child of node.currentState.children ?? []) {
    if (!child.nodeType.startsWith("repeat-range")) yield child;
    yield* nodesOf(child);
  }
}

function* rangesOf(node) {
  for (const child of node.currentState.children ?? []) {
    if (child.nodeType.startsWith("repeat-range")) yield child;
    yield* rangesOf(child);
  }
}

function factsOf(node) {
  const state = node.currentState;
  const leaf = state.children === null;
  return {
    relevant: state.relevant,
    readonly: state.readonly,
    required: state.required,
    value: leaf && state.relevant ? (state.instanceValue ?? "") : "",
    choices: Array.isArray(state.valueOptions) ? state.valueOptions.map((item) => item.value) : [],
    violation: leaf ? (node.validationState?.violation?.condition ?? null) : null,
    label: state.label?.asString ?? "",
    kind: node.nodeType,
    hint: state.hint?.asString ?? "",
    said: Array.isArray(state.valueOptions) ? state.valueOptions.map((item) => item.label.asString) : [],
    message: node.validationState?.violation?.message?.asString ?? "",
  };
}

async function snapshot(instance) {
  const nodes = { [instance.root.currentState.reference]: factsOf(instance.root) };
  for (const node of nodesOf(instance.root)) nodes[node.currentState.reference] = factsOf(node);
  const payload = await instance.root.prepareInstancePayload({ payloadType: "monolithic" });
  const submission = await payload.data[0].get("xml_submission_file").text();
  return { nodes, submission };
}

const BLANK_IS_NULL = new Set(["int", "decimal", "date", "dateTime", "time", "geopoint", "geotrace", "geoshape"]);

function words(value, whole) {
  return whole ? [value].filter(Boolean) : value.split(/\s+/).filter(Boolean);
}

function write(node, value) {
  switch (node.nodeType) {
    case "select":
      return node.selectValues(words(value, node.selectType === "select1"));
    case "rank":
      return node.setValues(words(value, false));
    case "trigger":
      return node.setValue(value === "OK");
    case "input":
    case "range":
      return node.setValue(value === "" && BLANK_IS_NULL.has(node.valueType) ? null : value);
    default:
      throw new Error(`cannot set a ${node.nodeType}`);
  }
}

function apply(root, step) {
  if (step.op === "set") {
    const node = [...nodesOf(root)].find((candidate) => candidate.currentState.reference === step.ref);
    if (!node) throw new Error("unknown");
    if (!node.currentState.relevant) throw new Error("irrelevant");
    if (node.currentState.readonly) throw new Error("readonly");
    return write(node, step.value);
  }
  const range = [...rangesOf(root)].find((candidate) => candidate.currentState.reference === step.ref);
  if (!range) throw new Error("unknown repeat");
  if (!range.currentState.relevant) throw new Error("irrelevant");
  if (range.nodeType === "repeat-range:controlled") throw new Error("controlled");
  if (step.op === "add") return range.addInstances();
  if (step.index >= range.currentState.children.length) throw new Error("no such row");
  return range.removeInstances(step.index);
}

async function run(request) {
  freeze(request.now);
  const files = request.files ?? {};
  const started = performance.now();
  const created = await createInstance(request.xml, {
    form: {
      fetchFormAttachment: async (url) => {
        const text = files[url.pathname.replace(/^.*\//, "")] ?? files[url.href.replace(/^.*\//, "")];
        return text === undefined ? new Response("", { status: 404 }) : new Response(text);
      },
    },
  });
  const load_ms = performance.now() - started;
  const language = created.root.languages.find((one) => one.language === request.language);
  if (request.language && language) created.root.setLanguage(language);
  const refused = [];
  const states = request.trace ? [await snapshot(created)] : [];
  const each = [];
  for (const [index, step] of (request.steps ?? []).entries()) {
    const from = performance.now();
    try {
      apply(created.root, step);
    } catch (error) {
      refused.push({ index, why: String(error.message).slice(0, 200) });
    }
    each.push(performance.now() - from);
    if (request.trace) states.push(await snapshot(created));
  }
  if (!request.trace) states.push(await snapshot(created));
  return { states, refused, load_ms, each_ms: each };
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = await run(JSON.parse(line));
  } catch (error) {
    const cause = error?.cause?.message ?? error?.message ?? String(error);
    answer = { error: String(cause).slice(0, 2000) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
