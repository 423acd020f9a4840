import type { Job } from "./types";

export const ENDED: Record<string, { running: string; done: string }> = {
  train: { running: "Melatih", done: "Pelatihan selesai. Lihat perbandingannya sebelum menerbitkan." },
  publish: { running: "Menerbitkan", done: "Versi baru sudah menjawab pelanggan." },
  shadow: { running: "Menyiapkan mode bayangan", done: "Versi baru ikut mendengarkan, tanpa menjawab." },
  test: { running: "Menguji", done: "Uji selesai." },
};

export const jobTitle = (job: Job): string => ENDED[job.kind]?.running ?? "Bekerja";

/** "kira-kira 40 detik lagi", "kira-kira 2 menit lagi" */
export function remainingText(seconds: number | null): string {
  if (seconds === null) return "";
  if (seconds < 5) return "sebentar lagi";
  if (seconds < 90) return `kira-kira ${Math.ceil(seconds / 5) * 5} detik lagi`;
  return `kira-kira ${Math.round(seconds / 60)} menit lagi`;
}
