const pieceBytes = 4 * 1024 * 1024;
const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));
const memory = file => `upload:${file.name}:${file.size}:${file.lastModified}`;

async function problem(response) {
  const body = await response.json().catch(() => null);
  const fields = body?.errors ? Object.entries(body.errors).flatMap(([field, sentences]) => sentences.map(sentence => field ? `${field}: ${sentence}` : sentence)) : [];
  return { status: response.status, sentences: fields.length > 0 ? fields : [body?.detail ?? body?.title ?? `The server answered ${response.status}.`] };
}

/** One upload of one file: in pieces, paused and resumed by a person, continued by itself after a broken connection. */
class Upload {
  constructor(page) { this.page = page; this.paused = false; this.stopped = false; }

  pause() { this.paused = true; this.request?.abort(); }
  resume() { this.paused = false; }
  stop() { this.stopped = true; this.request?.abort(); }

  async call(address, options = {}) {
    this.request = new AbortController();
    return await fetch(address, { credentials: "same-origin", ...options, signal: this.request.signal });
  }

  // A file whose upload broke off earlier is continued where it stopped, also after the page was loaded again.
  async begin(file) {
    const known = localStorage.getItem(memory(file));
    if (known) {
      const found = await this.call(`/api/v1/uploads/${known}`);
      if (found.ok) return await found.json();
    }
    const begun = await this.call("/api/v1/uploads", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ file_name: file.name, bytes: file.size }) });
    if (!begun.ok) throw await problem(begun);
    const state = await begun.json();
    localStorage.setItem(memory(file), state.id);
    return state;
  }

  async append(file, state) {
    const piece = file.slice(state.offset, state.offset + pieceBytes);
    const answer = await this.call(`/api/v1/uploads/${state.id}`, { method: "PATCH", headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(state.offset) }, body: piece });
    if (answer.status === 409) return { ...state, offset: Number(answer.headers.get("Upload-Offset")) };
    if (!answer.ok) throw await problem(answer);
    return await answer.json();
  }

  async send(file) {
    let state = null, failures = 0;
    while (!this.stopped) {
      if (this.paused) { await wait(200); continue; }
      try {
        state = state === null ? await this.begin(file) : await this.append(file, state);
        failures = 0;
        await this.page.invokeMethodAsync("Progressed", state.offset, file.size, "sending");
        if (state.offset >= file.size) return state.id;
      } catch (fault) {
        // Aborted by a pause, or the network is gone: both go on from the server's offset. A refusal does not.
        if (fault.sentences && fault.status < 500) { localStorage.removeItem(memory(file)); throw fault; }
        if (!this.paused) {
          failures++;
          await this.page.invokeMethodAsync("Progressed", state?.offset ?? 0, file.size, "waiting");
          await wait(Math.min(10000, 500 * 2 ** failures));
        }
        state = null;
      }
    }
    return null;
  }
}

export function create(page) { return new Upload(page); }

export async function run(upload, form, model) {
  const file = id => form.querySelector(`#${id}`).files[0];
  const text = id => form.querySelector(`#${id}`).value.trim();
  try {
    const artifact = file("artifact");
    if (!artifact) return await upload.page.invokeMethodAsync("Refused", ["artifact: choose an ONNX file"]);
    const id = await upload.send(artifact);
    if (id === null) return;
    const body = new FormData();
    body.append("upload_id", id);
    const contract = file("contract-file") ? await file("contract-file").text() : text("contract-text");
    if (contract) body.append("contract", contract);
    // As files, so that their names tell JSON lines from CSV.
    for (const part of ["golden", "baseline", "preprocessing"]) if (file(part)) body.append(part, file(part), file(part).name);
    if (text("notes")) body.append("notes", text("notes"));
    await upload.page.invokeMethodAsync("Progressed", artifact.size, artifact.size, "storing");
    const answer = await upload.call(`/api/v1/models/${encodeURIComponent(model)}/versions`, { method: "POST", body });
    localStorage.removeItem(memory(artifact));
    if (!answer.ok) throw await problem(answer);
    const version = await answer.json();
    await upload.page.invokeMethodAsync("Finished", version.version, version.already_there);
  } catch (fault) {
    await upload.page.invokeMethodAsync("Refused", fault.sentences ?? [`The upload stopped: ${fault.message}`]);
  }
}

// fetch tells nothing about how much of a body has gone out.
function post(upload, address, body) {
  return new Promise((done, fail) => {
    const request = upload.request = new XMLHttpRequest();
    request.open("POST", address);
    request.upload.onprogress = event => upload.page.invokeMethodAsync("Progressed", event.loaded, event.total, event.loaded < event.total ? "sending" : "reading");
    request.onload = () => done(new Response(request.responseText, { status: request.status, headers: { "Content-Type": request.getResponseHeader("Content-Type") ?? "" } }));
    request.onerror = () => fail(new Error("the connection is gone; send it again"));
    request.onabort = () => fail(new Error("it was stopped"));
    request.send(body);
  });
}

const mostLines = 200;
const cut = lines => lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), `and ${lines.length - mostLines} more`];

/** A zip as one part, or the files of a folder with their paths in it. */
export async function runImport(upload, form, model) {
  const chosen = [...form.querySelector("input[type=file]").files];
  const isZip = form.querySelector("#bundle") !== null;
  try {
    if (chosen.length === 0) return await upload.page.invokeMethodAsync("Refused", [isZip ? "bundle: choose a zip" : "bundle: choose a folder"]);
    const body = new FormData();
    for (const file of chosen) body.append(isZip ? "bundle" : "file", file, isZip ? file.name : file.webkitRelativePath || file.name);
    const total = chosen.reduce((sum, file) => sum + file.size, 0);
    await upload.page.invokeMethodAsync("Progressed", 0, total, "sending");
    const answer = await post(upload, `/api/v1/models/${encodeURIComponent(model)}/bundles`, body);
    if (!answer.ok) throw await problem(answer);
    const draft = await answer.json();
    await upload.page.invokeMethodAsync("Imported", { draftId: draft.draft_id, source: draft.source, carried: cut(draft.carried), notCarried: cut(draft.not_carried), problems: draft.problems.length, goldenRows: draft.golden_rows });
  } catch (fault) {
    await upload.page.invokeMethodAsync("Refused", fault.sentences ?? [`The import stopped: ${fault.message}`]);
  }
}

export function beginImport(upload, form, model) { void runImport(upload, form, model); }

// Returns at once; the page hears of the rest by callbacks.
export function begin(upload, form, model) { void run(upload, form, model); }
