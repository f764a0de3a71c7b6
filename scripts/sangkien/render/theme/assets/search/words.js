// Every sentence the search page says as things happen; what always stands there is in content/tim-kiem/index.md.
const whole = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");

export const WAITING = "Đang tìm…";
export const ASK = "Gõ vài chữ rồi bấm Tìm. Không dấu cũng được.";
export const FAILED = "Chưa tìm được, có lẽ mạng đang yếu.";
export const ALL = "Tất cả";
export const MORE = (count) => `Xem thêm ${whole(count)} kết quả`;

export function told(found, shown, filtered) {
  const { total, more, whole: together } = found;
  if (!shown) return filtered && total ? "Không có ý nào hợp cả các mục đã chọn." : "Chưa thấy gì có những chữ này.";
  if (!together) return `Không nơi nào có đủ các chữ; đây là ${whole(shown)} kết quả có một phần.`;
  if (filtered) return `${whole(shown)} ý${more ? " (xét những ý mới nhất)" : ""}.`;
  if (total > shown) return `${whole(total)} kết quả, hiện ${whole(shown)} mới nhất. Thêm một chữ nữa để gọn hơn.`;
  return `${whole(shown)} kết quả.`;
}

export const OPTION = (label, count) => `${label} (${whole(count)})`;
