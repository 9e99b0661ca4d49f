// The side panel with the fault switches.

import { send } from "./api.js";
import { button, make, toast } from "./dom.js";

export class FaultPanel {
  constructor(node) {
    this.node = node;
    this.inputs = new Map();
  }

  update(faults) {
    if (!this.inputs.size) this.build(faults);
    let on = 0;
    for (const fault of faults) {
      const input = this.inputs.get(fault.name);
      if (input === document.activeElement && input.type === "number") continue;
      if (input.type === "checkbox") input.checked = fault.value;
      else input.value = fault.value;
      if (fault.value !== fault.normal) on += 1;
    }
    return on;
  }

  build(faults) {
    const list = make("div", { class: "weui-cells weui-cells_form" });
    list.append(...faults.map((fault) => this.row(fault)));
    const clear = button("全部关掉", "weui-btn weui-btn_default clear", () => this.change({ clear: true }), "clear-faults");
    this.node.replaceChildren(make("h2", { class: "panel-title" }, "故障开关"), list, clear);
  }

  row(fault) {
    const toggles = typeof fault.value === "boolean";
    const input = make("input", toggles
      ? { type: "checkbox", class: "weui-switch", "data-testid": `fault-${fault.name}` }
      : { type: "number", class: "number", min: "-1", step: "any", "data-testid": `fault-${fault.name}` });
    input.addEventListener("change", () =>
      this.change({ name: fault.name, value: toggles ? input.checked : Number(input.value) }));
    this.inputs.set(fault.name, input);
    return make("label", { class: "fault" }, make("span", {}, fault.label), input);
  }

  async change(values) {
    await send("/sim/faults", values).catch((error) => toast(error.message));
    document.dispatchEvent(new CustomEvent("desk-changed"));
  }
}
