import dayjs from "dayjs";

/** A time as one reads it here. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} className="case-time">
      {dayjs(at).format("MM-DD HH:mm")}
    </time>
  );
}
