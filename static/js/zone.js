// Tells the server the browser's time zone, so that the next page has its times in it.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (zone && !document.cookie.split("; ").includes(`zone=${zone}`)) {
  document.cookie = `zone=${zone}; path=/; max-age=${365 * 24 * 3600}; samesite=lax`;
}
