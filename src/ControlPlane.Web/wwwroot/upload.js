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
    if (file("golden")) body.append("golden", await file("golden").text());
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

// Returns at once; the page hears of the rest by callbacks.
export function begin(upload, form, model) { void run(upload, form, model); }
