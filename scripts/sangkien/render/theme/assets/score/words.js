// Every sentence the score page says as things happen; what always stands there is in templates/score.html.j2.
const PARTS = {
  kho: "tên kho hồ sơ", so: "số của hồ sơ", "ma-so": "mã số của ý", "van-tay": "dấu nội dung của ý", dot: "đợt xét",
  "thanh-vien": "số của thành viên", ghe: "tên ghế", "may-chu": "nơi nhận phiếu",
};

export const VERDICT = {
  "cong-nhan": "đề nghị công nhận", "bo-sung": "đề nghị bổ sung", "khong-cong-nhan": "không đề nghị công nhận",
  "phieu-trang": "phiếu trắng", "khong-tham-gia": "không tham gia chấm", "rut-phieu": "rút phiếu",
};

export const LINK = {
  none: () => "Phiếu mở từ đường dẫn riêng mà chương trình gửi cho từng thành viên hội đồng, trong lời nhắn ở hồ sơ của ý cần chấm. Xin bấm đường dẫn ấy. Dưới đây là các tiêu chí để xem trước; in trang này ra là có phiếu giấy.",
  part: (part) => `Chưa mở được phiếu: đường dẫn thiếu hoặc sai ${PARTS[part]}. Có lẽ khi chép đã rơi mất một đoạn. Xin mở lại đường dẫn ngay trong lời nhắn ở hồ sơ, hoặc nhờ thư ký gửi lại.`,
  round: () => "Chưa mở được phiếu: trang này chưa biết đợt xét ghi trong đường dẫn. Có thể trang vừa được cập nhật: xin chờ ít phút rồi mở lại. Vẫn chưa được thì nhắn thư ký.",
};

export const REFUSED = {
  recipients: "Đợt này chấm phiếu kín mà chưa có khóa niêm phong, nên trang chưa làm được phiếu. Xin nhắn thư ký.",
  fingerprint: "Đường dẫn này không mang đủ dấu nội dung của ý để niêm phong. Xin mở đường dẫn mới nhất trong lời nhắn ở hồ sơ.",
  member: "Đường dẫn này không ghi phiếu của thành viên nào nên chưa niêm phong được. Xin mở đường dẫn riêng của mình trong lời nhắn ở hồ sơ.",
  browser: "Trình duyệt này không niêm phong được phiếu. Xin mở lại đường dẫn bằng Chrome, Cốc Cốc, Safari hoặc Firefox bản mới.",
  loading: "Chưa tải xong phần niêm phong. Xin nối mạng rồi bấm lại; phiếu đang soạn vẫn còn đây.",
  sealing: "Chưa niêm phong được phiếu vì khóa của đợt này có chỗ sai. Xin nhắn thư ký; phiếu đang soạn vẫn còn đây.",
  stillOpen: " Riêng “không tham gia chấm” và “rút phiếu” vẫn gửi được, vì luôn là phiếu mở.",
};

export const BALLOTS = {
  open: "Phiếu mở: ai vào được hồ sơ đều đọc được điểm và nhận xét.",
  sealed: "Phiếu kín: niêm phong ngay trên máy này, không ai đọc được trước khi hội đồng mở phiếu.",
};

export const MARK = {
  empty: (c) => `Chưa có điểm cho ${c.label}.`,
  form: () => "Xin ghi một số, tối đa hai chữ số sau dấu phẩy, ví dụ 12,5.",
  denominator: (c) => `Tiêu chí này chấm trên ${c.most}. Xin ghi lại, ví dụ 12/${c.most} hoặc chỉ ghi điểm.`,
  range: (c) => `Cao nhất là ${c.most} điểm. Xin ghi lại.`,
};

export const band = (label) => `Thuộc mức “${label}”.`;
export const below = (least) => `Dưới mức ít nhất cần có (${least}). Điểm trung bình của hội đồng mà cũng dưới mức này thì ý không được công nhận, dù tổng cao.`;

export function total(done, count, sum, most, passTotal, below) {
  if (!done) return `Chưa chấm tiêu chí nào. Tổng cao nhất là ${most} điểm.`;
  const head = done < count ? `Đã chấm ${done} trong ${count} tiêu chí, cộng được ${sum} điểm` : `Tổng: ${sum} trên ${most} điểm (cần ${passTotal})`;
  return below ? `${head}; ${below} tiêu chí dưới mức cần.` : `${head}.`;
}

export const NOTE = {
  unscored: "Những điểm đã điền sẽ không ghi vào phiếu này.",
  gates: (labels) => `Phiếu đề nghị công nhận mà có tiêu chí dưới mức cần: ${labels.join(", ")}. Phiếu vẫn hợp lệ; xin xem lại cho chắc.`,
};

export const NO_VERDICT = "Xin chọn một kết luận.";
export const NO_REASON = "Xin nêu lý do, một câu là đủ.";
export const trouble = (count) => `Còn ${count} chỗ cần xem lại trước khi chép phiếu.`;

export const BUTTON = { open: "Chép phiếu", sealed: "Niêm phong và chép phiếu" };
export const READY = { open: "Phiếu đã soạn xong", sealed: "Phiếu đã niêm phong" };
export const COPIED = "Đã chép. Bấm “Mở chỗ dán”, rồi dán vào đó.";
export const NOT_COPIED = "Máy này không cho tự chép. Xin nhấn giữ trong khung dưới, chọn tất cả, chọn Chép, rồi bấm “Mở chỗ dán”.";
export const AFTER = {
  open: "Gửi xong, nếu máy này nhiều người dùng chung, xin xóa phiếu khỏi máy.",
  sealed: "Gửi xong, xin xóa phiếu khỏi máy để không ai cầm máy này đọc được điểm. Phiếu đã dán vẫn được tính.",
};

export const KEPT = "Bản nháp chỉ nằm trên máy này, mở lại đường dẫn là thấy.";
export const NOT_KEPT = "Trình duyệt này không cho giữ bản nháp: đóng trang là mất điểm đã điền.";
export const RECALLED = "Đã mở lại bản nháp giữ trên máy này.";
export const FORGOTTEN = "Đã xóa bản nháp khỏi máy này.";
