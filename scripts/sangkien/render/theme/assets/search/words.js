// What the search page says.

const whole = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");

export const WORDS = {
  nothing: "Xin gõ ít nhất một chữ hoặc một số.",
  searching: "Đang tìm…",
  slow: "Mạng đang chậm, xin chờ thêm một chút…",
  failed: "Chưa lấy được kết quả. Bà con xem lại đường mạng rồi bấm “Thử lại”.",
  more: "Xem thêm",
  ideas: "Các ý được ghi nhận",
  others: "Người, đơn vị và trang khác",
  hubOthers: "Nơi và năm",
  filter: "Lọc kết quả",
  unfilter: "Bỏ lọc",
  any: "Tất cả",
  emptyFiltered: "Không có ý nào hợp với các mục đã chọn.",
  empty: "Chưa thấy ý nào như vậy. Thử bớt vài chữ, gõ chữ khác gần nghĩa, hoặc chọn một danh sách dưới đây.",
  send: "Bà con có ý hay về việc này? Xin gửi cho chúng tôi.",
  noIdea: "Trong các ý được ghi nhận thì chưa có chữ này.",
  newest: "Số trong ngoặc đếm theo những ý mới nhất.",
};

export const FACETS = {
  nam: "Năm",
  "linh-vuc": "Lĩnh vực",
  "noi-dung": "Nội dung phong trào",
  "don-vi": "Đơn vị",
  loai: "Loại",
  "xep-loai": "Xếp loại",
  "ap-dung": "Áp dụng",
};

export const HUB_FACETS = { ...FACETS, "don-vi": "Nơi" };

export const told = {
  noCode: (code) => `Chưa thấy ý nào được ghi nhận mang mã ${code}.`,
  option: (name, count) => `${name} (${whole(count)})`,
  found({ number, how, over, text, others, has, all, filtered, hub }) {
    const also = others ? ` Có ${whole(others)} mục khác về ${hub ? "nơi, năm" : "người, đơn vị, bài viết"}.` : "";
    const quoted = `“${text}”`;
    if (!number) return filtered ? "Không có ý nào hợp với các mục đã chọn." : `Chưa thấy ý nào có ${quoted}.${also}`;
    if (how === "near") return `Đây là ${whole(number)} ý gần với ${quoted} nhất.${also}`;
    if (how === "some")
      return `Không có ý nào đủ mọi chữ của ${quoted}. Đây là ${whole(number)} ý gần nhất, có ${has} trong ${all} chữ.${also}`;
    return `Tìm thấy ${over ? "hơn " : ""}${whole(number)} ý${filtered ? " hợp với các mục đã chọn" : ` có ${quoted}`}.${also}`;
  },
};
