// Whether a file begins as scans begin; throws for one that cannot be read, such as a folder. The server looks closer; this spares people minutes of sending a video.
const HEAD_BYTES = 1024;
const ENDINGS = /\.(pdf|tiff?|jpe?g|png|webp|hei[cf]|avif|bmp|gif|zip)$/i;
const BEGINNINGS = [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47], [0x49, 0x49], [0x4d, 0x4d], [0x52, 0x49, 0x46, 0x46], [0x50, 0x4b, 3, 4]];

export async function looksLikeScan(file) {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  if (ENDINGS.test(file.name)) {
    return true;
  }
  const isPdf = new TextDecoder("latin1").decode(head).includes("%PDF-");
  return isPdf || BEGINNINGS.some((bytes) => bytes.every((byte, place) => head[place] === byte));
}
