/** The words of SPARQL 1.1 Query that are offered. Source: SPARQL 1.1 Query, 19.8 and 17.4. */

export const KEYWORDS = `
  SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE OPTIONAL UNION MINUS GRAPH FILTER BIND AS VALUES UNDEF
  EXISTS NOT IN GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET
`.trim().split(/\s+/);

/** What stands in brackets after each, and what comes out. */
export const FUNCTIONS: [string, string, string][] = [
  ["COUNT", "DISTINCT ?x", "how many"],
  ["SUM", "?x", "the sum of a group"],
  ["MIN", "?x", "the smallest of a group"],
  ["MAX", "?x", "the largest of a group"],
  ["AVG", "?x", "the mean of a group"],
  ["SAMPLE", "?x", "any one of a group"],
  ["GROUP_CONCAT", '?x ; SEPARATOR = ", "', "the texts of a group, joined"],
  ["STR", "?x", "a term as plain text"],
  ["LANG", "?x", "the language of a text"],
  ["LANGMATCHES", 'LANG(?x), "en"', "whether a language is in a range"],
  ["DATATYPE", "?x", "the datatype of a literal"],
  ["BOUND", "?x", "whether a variable has a value"],
  ["IRI", "text", "an IRI of a text"],
  ["BNODE", "", "a blank node"],
  ["ABS", "number", "without its sign"],
  ["CEIL", "number", "rounded up"],
  ["FLOOR", "number", "rounded down"],
  ["ROUND", "number", "rounded"],
  ["CONCAT", "text, text", "texts, joined"],
  ["STRLEN", "text", "how many characters"],
  ["UCASE", "text", "in capitals"],
  ["LCASE", "text", "in small letters"],
  ["ENCODE_FOR_URI", "text", "a text as part of an address"],
  ["CONTAINS", "text, part", "whether a text contains another"],
  ["STRSTARTS", "text, start", "whether a text starts with another"],
  ["STRENDS", "text, end", "whether a text ends with another"],
  ["STRBEFORE", "text, part", "what stands before a part"],
  ["STRAFTER", "text, part", "what stands after a part"],
  ["SUBSTR", "text, start, length", "a part of a text, counted from 1"],
  ["REPLACE", "text, pattern, new", "a text with a pattern replaced"],
  ["REGEX", 'text, pattern, "i"', "whether a text has a pattern"],
  ["YEAR", "date", "the year"],
  ["MONTH", "date", "the month"],
  ["DAY", "date", "the day"],
  ["NOW", "", "this moment"],
  ["COALESCE", "?x, ?y", "the first that has a value"],
  ["IF", "condition, then, else", "one or the other"],
  ["STRLANG", 'text, "en"', "a text with a language"],
  ["STRDT", "text, type", "a text with a datatype"],
  ["SAMETERM", "?x, ?y", "whether two terms are the same"],
  ["ISIRI", "?x", "whether it is an IRI"],
  ["ISBLANK", "?x", "whether it is a blank node"],
  ["ISLITERAL", "?x", "whether it is a literal"],
  ["ISNUMERIC", "?x", "whether it is a number"],
];
