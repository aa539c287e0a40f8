// One request of a form's page, with progress; every way it can fail has a name: lost, expired, failed.

/** The token of now: it changes when somebody logs in again in another tab. */
export function csrf() {
  return (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
}

/** Resolves to {status, page}; rejects with one of "lost", "expired", "failed". */
export function send(address, data, loginPath, onProgress = () => {}) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    data.set("csrfmiddlewaretoken", csrf());
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", csrf());
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(Math.floor((100 * event.loaded) / event.total));
    });
    request.addEventListener("error", () => fail("lost"));
    request.addEventListener("abort", () => fail("lost"));
    request.addEventListener("load", () => {
      const ended = new URL(request.responseURL || address, document.baseURI).pathname;
      if (ended === loginPath || request.status === 403) return fail("expired");
      if (request.status >= 500 || ![200, 204, 413, 422].includes(request.status)) return fail("failed");
      return done({ status: request.status, page: new DOMParser().parseFromString(request.responseText, "text/html") });
    });
    request.send(data);
  });
}
