/** What staff do in the fake server: the hand-over of docs/protocol.md, by itself or step by step with `demo …`. */

const QUEUE = { place: 2, wait_minutes: [3, 8], staff_online: true, open: true, mode: "live" };
const AGENT = "Rina";

const OFFER = [
  { title: "Tunggu staf", payload: "#queue:wait" },
  { title: "Tinggalkan pesan", payload: "#queue:message" },
  { title: "Kembali ke asisten", payload: "#queue:bot" },
];
const SOLVED = [
  { title: "Sudah selesai", payload: "#solved:yes" },
  { title: "Belum selesai", payload: "#solved:no" },
];
const RATING = ["Sangat tidak puas", "Tidak puas", "Cukup", "Puas", "Sangat puas"].map((word, index) => ({
  title: `${index + 1} dari 5 - ${word}`,
  payload: `#rating:${index + 1}`,
}));

export class FakeDesk {
  /** `stepMs` lies between the steps of a hand-over that runs by itself. */
  constructor(server, stepMs) {
    this.server = server;
    this.stepMs = stepMs;
  }

  /** Takes the message if it is for staff or for us; the bot is silent then. */
  takes(conversation, message) {
    const step = /^demo ([a-z]+)$/.exec(message.text.trim())?.[1];
    const play = this.steps[step] ?? this.server.cards.steps[step];
    if (step && play) {
      play(conversation);
      return true;
    }
    const asked = conversation.messages.filter((one) => one.seq < message.seq && one.buttons.length).at(-1);
    const payload = asked?.buttons.find((button) => button.title === message.text)?.payload ?? "";
    if (this.pressed(conversation, payload)) return true;
    if (conversation.closed) this.owner(conversation, "bot");
    if (conversation.owner !== "agent") return false;
    this.read(conversation);
    return true;
  }

  /** Everything from the queue to an agent's first message. */
  handOver(conversation) {
    const { steps } = this;
    const run = [
      steps.antrean,
      (one) => this.queue(one, { ...QUEUE, place: 1, wait_minutes: [1, 4] }),
      steps.staf,
      steps.mengetik,
      (one) => this.say(one, "Halo Kak, saya Rina. Boleh dibantu kendalanya?"),
    ];
    run.forEach((step, index) => setTimeout(() => step(conversation), this.stepMs * index).unref());
  }

  steps = {
    antrean: (one) => {
      this.owner(one, "queue", { queue: QUEUE });
      this.notice(one, "Permintaan Kakak sudah kami teruskan. Kakak antrean ke-2, perkiraan 3–8 menit.");
    },
    maju: (one) => this.queue(one, { ...QUEUE, place: 1, wait_minutes: [1, 4] }),
    tawaran: (one) => {
      this.owner(one, "queue", { queue: { ...QUEUE, wait_minutes: null, staff_online: false } });
      this.notice(one, "Belum ada staf yang bisa menerima, Kak. Kakak mau bagaimana?", OFFER);
    },
    tutup: (one) => this.owner(one, "queue", { queue: { ...QUEUE, wait_minutes: null, staff_online: false, open: false } }),
    pesan: (one) => {
      this.owner(one, "queue", { queue: { ...QUEUE, place: null, wait_minutes: null, mode: "message" } });
      this.notice(one, "Silakan tulis pesan dan alamat e-mail Kakak. Staf membalas pada jam kerja.");
    },
    staf: (one) => {
      this.owner(one, "agent", { agent_name: AGENT });
      this.notice(one, `${AGENT} dari staf kami bergabung dalam percakapan.`);
      this.read(one);
    },
    halo: (one) => this.say(one, "Halo Kak, saya Rina. Boleh dibantu kendalanya?"),
    mengetik: (one) => this.server.typing(one, "agent", true),
    kembali: (one) => {
      this.owner(one, "bot");
      this.notice(one, "Percakapan diteruskan lagi oleh asisten virtual.");
    },
    selesai: (one) => {
      this.owner(one, "bot", { closed: true });
      this.notice(one, "Percakapan ini sudah ditutup. Apakah kebutuhan Kakak sudah selesai?", SOLVED);
    },
    nilai: (one) => {
      this.owner(one, "bot", { closed: true });
      this.notice(one, "Seberapa puas Kakak dengan bantuan kami?", RATING);
    },
  };

  pressed(one, payload) {
    if (payload.startsWith("#rating:")) this.notice(one, "Terima kasih atas penilaiannya, Kak.");
    else if (payload === "#solved:yes") this.steps.nilai(one);
    else if (payload === "#solved:no") this.steps.antrean(one);
    else if (payload === "#queue:message") this.steps.pesan(one);
    else if (payload === "#queue:bot") this.steps.kembali(one);
    else if (payload === "#queue:wait") this.notice(one, "Baik, Kak. Kami kabari begitu ada staf yang bergabung.");
    else return false;
    return true;
  }

  owner(one, owner, more = {}) {
    this.server.setOwner(one, owner, { agent_name: null, closed: false, queue: null, ...more });
  }

  queue(one, queue) {
    one.queue = queue;
    this.server.tell(one, "queue_changed", queue);
  }

  read(one) {
    one.agent_read_seq = one.messages.length;
    this.server.tell(one, "read_changed", { agent_read_seq: one.agent_read_seq });
  }

  notice(one, text, buttons = []) {
    this.server.post(one, { sender: "system", text, buttons });
  }

  say(one, text) {
    this.server.post(one, { sender: "agent", sender_name: AGENT, text });
  }
}
