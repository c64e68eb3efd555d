/**
 * Credentials that were never anybody's, put together here so that no scanner of this repository finds one in it. They
 * look like what AWS hands out.
 */
export const fakeKeyId = (prefix = "AKIA"): string => prefix + ["Q3EGRT", "5ZWY7U", "2MBV"].join("");
export const fakeSecret = (): string => ["h9Kz/2Lq8Xw3", "Vb6Nm4+Rt7Yp1Jd", "5Gf0ScAe8UiOo"].join("");
export const fakePrivateKey = (kind = "RSA "): string => {
  const line = ["MIIEowIBAAKCAQEAx9Lq", "2mVb6Nm4Rt7Yp1Jd5Gf0ScAe8UiOoQwErTyUiOp"].join("");
  return [`-----BEGIN ${kind}PRIVATE KEY-----`, line, line, `-----END ${kind}PRIVATE KEY-----`].join("\n");
};
