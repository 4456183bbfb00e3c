/** A page of the invented county: the same one has the same name in each language. */
export type DrawnPage = { title: string; owner: string; text: string };
