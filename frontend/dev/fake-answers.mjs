/** Canned answers of the fake server: one of every kind that the widget has to show. */

const ANSWERS = [
  {
    when: /bayar|tagihan/i,
    text: "Pembayaran bisa Kakak lakukan dari area pelanggan:\n- buka menu Tagihan\n- pilih tagihan yang belum lunas\n- pilih metode pembayaran\n\nRinciannya ada di https://example.com/tagihan, Kak.",
    outcome: "answer",
    clauses: ["K5", "H13"],
    buttons: ["Bagaimana kalau terlambat?", "Kirim ulang tagihan", "Bicara dengan staf"],
  },
  {
    when: /panjang|terlambat/i,
    text: "Layanan diperpanjang sebelum masa aktifnya berakhir, Kak. Kakak bisa melihat tanggalnya di area pelanggan.",
    outcome: "answer",
    clauses: ["K2"],
    buttons: ["Lihat cara membayar"],
  },
  {
    when: /\bcs\b|manusia|staf/i,
    text: "Baik, Kak. Saya sambungkan ke staf kami.",
    outcome: "handoff",
    clauses: [],
    buttons: [],
    handOver: true,
  },
  {
    when: /<|script/i,
    text: 'Kakak menulis: <img src=x onerror="alert(1)"> <b>tebal</b> javascript:alert(1)',
    outcome: "smalltalk",
    clauses: [],
    buttons: ["<i>miring</i>"],
  },
];

const FALLBACK = {
  text: "Maaf, Kak, saya belum menangkap maksudnya. Apakah salah satu dari ini?",
  outcome: "clarify",
  clauses: [],
  buttons: ["Cara membayar", "Perpanjangan layanan", "Bicara dengan staf"],
};

export function answerTo(text) {
  const found = ANSWERS.find((candidate) => candidate.when.test(text)) ?? FALLBACK;
  const buttons = found.buttons.map((title) => ({ title, payload: `/topik{"judul":"${title}"}` }));
  return { text: found.text, outcome: found.outcome, clauses: found.clauses, buttons, handOver: found.handOver === true };
}
