/** Everything the customer reads. The customer is "Kak"/"Kakak" throughout. */
export const TEXTS = {
  defaultTitle: "Bantuan Masternet",
  openChat: "Buka chat bantuan",
  closeChat: "Tutup chat",
  unread: (count: number) => `${count} pesan baru`,
  owner: {
    bot: "Asisten virtual",
    queue: "Menunggu staf kami",
    agent: "Terhubung dengan staf kami",
  },
  names: { bot: "Asisten Masternet", agent: "Staf Masternet", customer: "Kakak", system: "Info" },
  log: "Percakapan",
  greeting:
    "Halo, Kak! Saya asisten virtual Masternet. Silakan ceritakan kebutuhan Kakak, " +
    "atau pilih salah satu topik di bawah ini.",
  greetingShort: "Halo, Kak! Saya asisten virtual Masternet. Silakan ceritakan kebutuhan Kakak.",
  // Sent as they are: the assistant must understand each of them.
  starters: ["Layanan apa saja yang tersedia?", "Bayarnya lewat apa saja?", "Bantuan pindah hosting", "Bicara dengan staf"],
  startersLabel: "Contoh topik",
  repliesLabel: "Pilihan jawaban",
  privacy:
    "Percakapan disimpan agar kami bisa membantu Kakak. " +
    "Jangan kirim kata sandi, nomor kartu, atau kode OTP, ya Kak.",
  privacyLink: "Kebijakan privasi",
  input: "Tulis pesan",
  placeholder: "Tulis pesan Kakak…",
  send: "Kirim",
  tooLong: (max: number) => `Pesan terlalu panjang, Kak. Maksimal ${max} karakter.`,
  charactersLeft: (left: number) => `Sisa ${left} karakter`,
  state: { sending: "Mengirim…", sent: "Terkirim", failed: "Gagal" },
  retry: "Kirim ulang",
  discard: "Hapus",
  sendFailed: "Pesan belum terkirim. Silakan coba lagi, Kak.",
  disconnected: "Sambungan terputus. Menyambung lagi…",
  typing: { bot: "Asisten sedang mengetik", agent: "Staf sedang mengetik" },
  newMessages: "Pesan baru",
  clauses: "Dasar jawaban dalam Hak dan Kewajiban Kami",
  renewed: "Percakapan sebelumnya sudah berakhir, Kak. Silakan mulai percakapan baru di sini.",
} as const;
