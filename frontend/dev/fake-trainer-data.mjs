/** Made-up work for the fake trainer console: groups of messages in the words of customers; sentences come from data/nlu. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const NLU = resolve(import.meta.dirname, "../../data/nlu");
const TITLES = {
  aturan_dukungan_berbayar: ["Aturan dukungan berbayar", "H5", "answer"], bantuan_layanan: ["Bantuan layanan", "K4", "answer"], bantuan_transaksi: ["Bantuan transaksi", "K3", "answer"],
  batas_bantuan_teknis: ["Batas bantuan teknis", "H4", "answer"], cara_bayar: ["Cara bayar", "K5", "answer"], cari_rekanan: ["Mencari rekanan lain", "P", "answer"],
  data_pribadi: ["Data pribadi", "H9", "answer"], di_luar_teknis: ["Teknis di luar layanan", "H4", "refuse"], di_luar_topik: ["Di luar topik", null, "refuse"],
  dukungan_berbayar: ["Minta dukungan berbayar", "H5", "paid_support"], email_tidak_sampai: ["E-mail tidak sampai", "H17", "answer"], gangguan_darurat: ["Gangguan darurat", "H11", "answer"],
  hapus_data: ["Penghapusan data", "K7", "answer"], hapus_karena_tunggakan: ["Hapus karena tunggakan", "H7", "answer"], info_layanan: ["Info layanan", "K1", "answer"],
  info_rahasia: ["Informasi rahasia", "H1", "answer"], jaminan_kualitas: ["Jaminan kualitas", "K6", "answer"], kabar_layanan: ["Kabar layanan", "K8", "answer"],
  kasus_layanan: ["Kasus layanan", "K4", "handoff"], kasus_transaksi: ["Kasus transaksi", "K3", "handoff"], keluhan_marah: ["Keluhan marah", null, "handoff"],
  kesesuaian_layanan: ["Kesesuaian layanan", "K2", "answer"], layanan_ditahan: ["Layanan ditahan", "H10", "answer"], migrasi: ["Migrasi", "H14", "answer"],
  minta_manusia: ["Minta bicara dengan staf", null, "handoff"], pamit: ["Pamit", null, "smalltalk"], perubahan_harga: ["Perubahan harga", "H12", "answer"],
  perubahan_layanan: ["Perubahan layanan", "H2", "answer"], revisi_ditolak: ["Revisi ditolak", "H3", "answer"], revisi_layanan: ["Revisi layanan", "K9", "answer"],
  salam: ["Salam", null, "smalltalk"], satu_email: ["Satu alamat e-mail", "H16", "answer"], suspend_pelanggaran: ["Suspend karena pelanggaran", "H8", "answer"],
  tantang_bot: ["Menantang bot", null, "smalltalk"], teknis_domain: ["Teknis domain", "H15", "answer"], tempo_bayar: ["Tempo bayar", "H6", "answer"],
  terima_kasih: ["Terima kasih", null, "smalltalk"], tidak_jelas: ["Tidak jelas", null, "clarify"], tunda_bayar: ["Menunda pembayaran", "H13", "answer"],
  beri_rincian: ["Memberi rincian", null, "clarify"], status_permintaan: ["Status permintaan", "K3", "handoff"],
};
const order = (clause) => (clause === null ? 99 : clause === "P" ? 40 : Number(clause.slice(1)) + (clause[0] === "H" ? 10 : 0));

export const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

export function readTopics() {
  return readdirSync(NLU)
    .filter((file) => file.endsWith(".yml"))
    .map((file) => {
      const intent = file.slice(0, -4);
      const [title, clause, outcome] = TITLES[intent] ?? [intent.replaceAll("_", " "), null, "answer"];
      const texts = [...readFileSync(join(NLU, file), "utf8").matchAll(/^ {4}- (.*)$/gm)].map((match) => match[1]);
      return { intent, title, clause, outcome, file: `data/nlu/${file}`, texts };
    })
    .sort((a, b) => order(a.clause) - order(b.clause));
}

// [texts, the bot's ranking as [intent, probability] pairs, outcome, clauses, reasons, more]
export const GROUPS = [
  [["kak klo telat bayar 3 hari kena denda ga?", "telat bayar hosting ada dendanya ngga kak", "lewat jatuh tempo 3 hari masih aman?", "kalau bayarnya telat seminggu gimana kak, langsung mati?", "denda keterlambatan bayar brp ya", "tagihan lewat dikit kena denda gak min"],
    [["tempo_bayar", 0.46], ["hapus_karena_tunggakan", 0.38], ["tunda_bayar", 0.09]], "clarify", [], ["asked_back", "unsure"], { size: 12 }],
  [["domain saya toko-batik.co.id mau dipindah ke penyedia lain, kode EPP nya mana", "minta kode epp buat transfer domain", "auth code domain kok belum dikirim ya kak"],
    [["teknis_domain", 0.52], ["kasus_layanan", 0.31], ["migrasi", 0.1]], "answer", ["H15"], ["thumbs_down", "corrected"], { size: 7 }],
  [["bisa bantu setting DMARC gak? email kami masuk spam terus", "tolong pasangkan SPF sama DKIM di domain kami", "email kantor masuk spam, bisa dibenerin dari sana?"],
    [["dukungan_berbayar", 0.41], ["email_tidak_sampai", 0.36], ["kasus_layanan", 0.15]], "answer", ["H17"], ["corrected"], { size: 9 }],
  [["saya sudah transfer ke rekening [nomor] tapi invoice masih unpaid", "udah bayar lewat VA kok statusnya belum lunas, nomor saya [nomor]"],
    [["kasus_transaksi", 0.63], ["cara_bayar", 0.2], ["bantuan_transaksi", 0.08]], "answer", ["K5"], ["handed_off", "corrected"], { size: 5, sent_by: "Rina Kusuma", note: "Menurutku ini kasus transaksi, tapi tolong dicek lagi ya." }],
  [["layanan kalian jadi pemasok email massal legal kan? mau blast 50rb email", "boleh kirim newsletter 20 ribu email sehari?", "batas kirim email per jam berapa"],
    [["suspend_pelanggaran", 0.29], ["info_layanan", 0.27], ["di_luar_teknis", 0.14]], "clarify", [], ["asked_back", "unsure"], { size: 6, suggests_new_topic: true, words: ["blast", "newsletter", "massal", "per jam", "batas kirim"] }],
  [["resep nasi goreng dong min", "hari ini hujan gak ya di bandung"], [["di_luar_topik", 0.88], ["tidak_jelas", 0.05], ["salam", 0.02]], "refuse", [], ["refused"], { size: 2 }],
  [["printer kantor ga bisa konek wifi, bisa dibantu?", "install ulang laptop berapa kak"], [["di_luar_teknis", 0.71], ["dukungan_berbayar", 0.2], ["bantuan_layanan", 0.04]], "refuse", ["H4"], ["refused", "thumbs_down"], { size: 4 }],
  [["harga perpanjangan kok naik jadi segini, tahun lalu kan lebih murah", "kenapa renewal lebih mahal dari pertama beli"], [["perubahan_harga", 0.55], ["keluhan_marah", 0.25], ["info_layanan", 0.08]], "answer", ["H12"], ["unsure"], { size: 3 }],
  [["revisi website sudah 4x masih boleh lagi?", "jatah revisi desain saya tinggal berapa"], [["revisi_layanan", 0.48], ["revisi_ditolak", 0.44], ["kasus_layanan", 0.04]], "answer", ["K9"], ["unsure", "shadow"], { size: 4 }],
  [["web saya 50GB bisa pindah gratis?"], [["migrasi", 0.82], ["info_layanan", 0.09], ["dukungan_berbayar", 0.05]], "answer", ["H14"], ["thumbs_down"], { size: 1 }],
  [["backup harian disimpan berapa lama", "kalau data kehapus bisa dibalikin dari backup ga"], [["hapus_data", 0.33], ["jaminan_kualitas", 0.28], ["info_layanan", 0.22]], "clarify", [], ["asked_back", "searched"], { size: 5 }],
  [["CS nya mana sih dari tadi robot terus", "mau ngomong sama orang aja"], [["minta_manusia", 0.91], ["keluhan_marah", 0.06], ["tantang_bot", 0.02]], "handoff", [], ["handed_off"], { size: 3 }],
  [["server down dari jam 2 pagi belum ada kabar", "vps saya mati total, ada gangguan?"], [["kasus_layanan", 0.58], ["gangguan_darurat", 0.34], ["keluhan_marah", 0.05]], "handoff", ["K4"], ["handed_off", "unsure"], { size: 8 }],
  [["npwp perusahaan buat apa ya diminta segala", "kok disuruh foto ktp sambil selfie"], [["data_pribadi", 0.74], ["layanan_ditahan", 0.12], ["info_rahasia", 0.06]], "answer", ["H9"], ["thumbs_down"], { size: 2 }],
];

export const DIFFERENCES = [
  ["kak klo telat bayar 3 hari kena denda ga?", ["tempo_bayar", "Tempo bayar", "clarify", [], 0.46], ["hapus_karena_tunggakan", "Hapus karena tunggakan", "answer", ["H7"], 0.71]],
  ["boleh dicicil 2x bayar hostingnya?", ["cara_bayar", "Cara bayar", "answer", ["K5"], 0.55], ["tunda_bayar", "Menunda pembayaran", "answer", ["H13"], 0.83]],
  ["minta kode epp buat transfer domain", ["teknis_domain", "Teknis domain", "answer", ["H15"], 0.52], ["kasus_layanan", "Kasus layanan", "handoff", ["K4"], 0.6]],
  ["email kantor masuk spam, bisa dibenerin dari sana?", ["email_tidak_sampai", "E-mail tidak sampai", "answer", ["H17"], 0.44], ["dukungan_berbayar", "Minta dukungan berbayar", "paid_support", ["H5"], 0.79]],
];
