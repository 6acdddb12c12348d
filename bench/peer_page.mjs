// peer_page.mjs: a page of some 10 KB with a table, put together for each request and nothing else: no
// sign-in, no database.  Usage: node peer_page.mjs PORT
import http from "node:http";

let asked = 0;
function page(n) {
  let rows = "";
  for (let i = 0; i < 110; i++)
    rows += `<tr><th scope="row">Month ${i + 1}</th><td>£${(n + i) % 400}.${10 + (i % 90)}</td><td>£${(3 * i) % 300}.00</td><td>Paid</td></tr>\n`;
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Payments ${n}</title></head><body><main><h1>Payments</h1><table>${rows}</table></main></body></html>\n`;
}
http
  .createServer((request, answer) => {
    const body = Buffer.from(page(asked++));
    answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Length": body.length });
    answer.end(body);
  })
  .listen(Number(process.argv[2]), "127.0.0.1");
