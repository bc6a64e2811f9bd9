/**
 * What htmx would leave unsaid: a request that failed is told in words, and an answer that is another page (the login
 * page, after a session has ended) is shown as that page instead of being searched for a part that it does not have.
 */

const messages = document.getElementById("messages");
const said = messages?.dataset ?? {}; // the sentences, in the page's language

function tell(text) {
  const line = document.createElement("p");
  line.className = "error";
  line.textContent = text;
  messages?.replaceChildren(line);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target, isError } = event.detail;
  if (isError || !target?.id || !xhr.responseText.includes("<html")) return;
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  if (answer.getElementById(target.id)) return;
  event.detail.shouldSwap = false;
  location.assign(xhr.responseURL);
});

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 403) tell(said.forbidden);
  else if (status === 404) tell(said.gone);
  else tell(said.failed.replace("0", status));
});

document.addEventListener("htmx:sendError", () => tell(said.unreachable));
