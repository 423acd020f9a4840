import { html, type TemplateResult } from "lit";
import { count, duration, NOTHING, percent, score } from "../../console/charts/format";
import type { Report } from "./types";

interface Tile {
  id: string;
  label: string;
  value: string;
  /** Short, and honest about what the number leaves out. */
  notes: string[];
}

export function tiles(report: Report): Tile[] {
  const { requests, chats, bot, satisfaction } = report;
  const { wait, first_response: response, first_reply: reply } = requests;
  return [
    {
      id: "wait",
      label: "Waktu tunggu (median)",
      value: duration(wait.median),
      notes: wait.count
        ? [`90% diterima dalam ${duration(wait.p90)} atau kurang.`, `Dari ${count(wait.count)} permintaan yang diterima staf.`]
        : ["Belum ada permintaan yang diterima staf."],
    },
    {
      id: "first-response",
      label: "Respons pertama (median)",
      value: duration(response.median),
      notes: response.count
        ? [
            `Sejak pelanggan meminta; 90% dalam ${duration(response.p90)}.`,
            `Sejak staf menerima: ${duration(reply.median)}.${requests.unanswered ? ` ${count(requests.unanswered)} diterima tanpa balasan.` : ""}`,
          ]
        : [requests.unanswered ? `${count(requests.unanswered)} diterima tanpa balasan.` : "Belum ada balasan staf."],
    },
    {
      id: "not-served",
      label: "Berakhir tanpa dilayani",
      value: count(requests.given_up),
      notes: [
        requests.asked ? `${percent(requests.given_up, requests.asked)} dari ${count(requests.asked)} permintaan.` : "Belum ada permintaan staf.",
        `Masih menunggu: ${count(requests.waiting)}. Memilih meninggalkan pesan: ${count(requests.message)}.`,
      ],
    },
    {
      id: "handled",
      label: "Chat ditangani staf",
      value: count(chats.handled),
      notes: [
        `Kembali ke antrean: ${count(chats.returned)}${chats.returned_by_system ? ` (${count(chats.returned_by_system)} karena staf offline)` : ""}.`,
        `Pindah staf: ${count(chats.transferred)}. Diserahkan ke bot: ${count(chats.handed_back)}.`,
      ],
    },
    {
      id: "solved",
      label: "Dinyatakan selesai tanpa staf",
      value: count(bot.solved),
      notes: [
        !bot.conversations ? "Belum ada percakapan baru." : `${percent(bot.solved, bot.conversations)} dari ${count(bot.conversations)} percakapan baru, menurut pelanggan sendiri.`,
        `Belum selesai: ${count(bot.unsolved)}. Pergi tanpa menjawab: ${count(bot.left)}, tidak dihitung selesai.`,
      ],
    },
    {
      id: "satisfaction",
      label: "Kepuasan setelah dilayani staf",
      value: satisfaction.mean === null ? NOTHING : `${score(satisfaction.mean)} / 5`,
      notes: satisfaction.asked
        ? [`${count(satisfaction.answered)} dari ${count(satisfaction.asked)} yang ditanya menjawab (${percent(satisfaction.answered, satisfaction.asked)}).`]
        : ["Belum ada pelanggan yang ditanya."],
    },
  ];
}

export function tilesView(report: Report): TemplateResult {
  return html`<section aria-label="Angka utama">
    <ul class="tiles">
      ${tiles(report).map(
        (tile) => html`<li class="card tile" data-testid="tile" data-tile=${tile.id}>
          <h2>${tile.label}</h2>
          <p class="value">${tile.value}</p>
          ${tile.notes.map((note) => html`<p class="note">${note}</p>`)}
        </li>`,
      )}
    </ul>
  </section>`;
}
