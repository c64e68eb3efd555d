const encoded = /[%=]([0-9A-Fa-f]{2})/g;
// A line that goes on: a backslash at its end for a shell, an equals sign in quoted-printable mail (cloud-init).
const continued = /[\\=`]\r?\n[ \t]*/g;

/**
 * A text without what tears a credential apart or hides a character of it: URL and quoted-printable encoding (`%2F`,
 * `=3D`), and lines that go on on the next.
 *
 * @returns undefined where nothing of the kind is in it
 */
export function unescaped(text: string): string | undefined {
  const plain = text
    .replace(continued, "")
    .replace(encoded, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return plain === text ? undefined : plain;
}
