"use strict";
// Shows the description of the service, with a form for each address.
const $ = id => document.getElementById(id);

function make(name, text, more) {
  const element = Object.assign(document.createElement(name), more || {});
  if (text) element.textContent = text;
  return element;
}

function resolve(api, schema) {
  return schema.$ref ? api.components.schemas[schema.$ref.split("/").pop()] : schema;
}

// An example of the rows of a model, from its schema.
function example(api, rows) {
  const row = {};
  const schema = resolve(api, rows);
  for (const [name, column] of Object.entries(schema.properties)) row[name] = column.type[0] === "number" ? 0 : "";
  return JSON.stringify({rows: [row]}, null, 1);
}

function operation(api, path, method, told) {
  const box = make("details");
  box.className = "wide";
  const head = make("summary");
  head.append(make("b", method.toUpperCase()), " " + path);
  box.append(head, make("p", told.summary));
  const inputs = {};
  for (const parameter of [...(api.paths[path].parameters || []), ...(told.parameters || [])]) {
    const schema = resolve(api, parameter.schema);
    const input = schema.enum ? make("select") : make("input");
    if (schema.enum) for (const value of ["", ...schema.enum]) input.add(new Option(value));
    if (schema.enum && parameter.name === "model") input.value = schema.enum[0];
    const label = make("label", parameter.name);
    label.append(input);
    box.append(label);
    inputs[parameter.name] = {input, where: parameter.in};
  }
  const content = told.requestBody ? told.requestBody.content : {};
  let rows = null, file = null;
  if (content["application/json"]) {
    rows = make("textarea", "", {spellcheck: false});
    rows.setAttribute("aria-label", "Rows as JSON");
    const fill = () => { rows.value = example(api, told["x-rows"][inputs.model.input.value]); };
    inputs.model.input.onchange = () => inputs.model.input.value && fill();
    fill();
    box.append(rows);
  }
  if (content["audio/*"] || content["multipart/form-data"]) {
    file = make("input", "", {type: "file", multiple: !content["audio/*"]});
    const label = make("label", rows ? "or a sound file" : "sound files");
    label.append(file);
    box.append(label);
  }
  if (path === "/v1/stream") {
    const link = make("p", "Try it on the page ");
    link.append(make("a", "Live", {href: "/live"}), ".");
    box.append(link);
    return box;
  }
  const button = make("button", "Send", {className: "main"});
  const answer = make("pre", "", {hidden: true, tabIndex: 0});
  answer.setAttribute("role", "status");
  const line = make("div", "", {className: "row"});
  line.append(button);
  box.append(line, answer);
  button.onclick = async () => {
    let address = path;
    const query = new URLSearchParams();
    for (const [name, {input, where}] of Object.entries(inputs)) {
      if (where === "path") address = address.replace(`{${name}}`, encodeURIComponent(input.value));
      else if (input.value) query.set(name, input.value);
    }
    if (String(query)) address += "?" + query;
    const options = {method: method.toUpperCase(), headers: {}};
    if ($("key").value.trim()) options.headers["X-API-Key"] = $("key").value.trim();
    if (file && file.multiple) {
      options.body = new FormData();
      for (const one of file.files) options.body.append("files", one);
    } else if (file && file.files.length > 0) {
      options.body = file.files[0];
      options.headers["Content-Type"] = file.files[0].type || "application/octet-stream";
    } else if (rows) {
      options.body = rows.value;
      options.headers["Content-Type"] = "application/json";
    }
    button.disabled = true;
    try {
      const response = await fetch(address, options);
      let text = await response.text();
      try { text = JSON.stringify(JSON.parse(text), null, 1); } catch { /* is no single JSON value */ }
      answer.textContent = `${response.status} ${response.statusText}\n${text}`;
      if (response.status === 401) $("key-part").hidden = false;
    } catch {
      answer.textContent = "The service does not answer.";
    }
    answer.hidden = false;
    button.disabled = false;
  };
  return box;
}

async function start() {
  const api = await (await fetch("/openapi.json")).json();
  $("key-part").hidden = !api.security;
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const method of ["get", "post", "delete"]) {
      if (methods[method]) $("operations").append(operation(api, path, method, methods[method]));
    }
  }
}

start().catch(error => {
  $("error").textContent = error.message;
  $("error").hidden = false;
});
