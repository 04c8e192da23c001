"""The sentences of a derivation, by step, in one language; each stands whole and is looked up once."""

from __future__ import annotations

from functools import cache

from data.words import say
from scheduler.deferred import UNSAID


@cache
def rank_words(lang: str) -> dict[str, str]:
    """Rank group -> its name."""
    return {
        "employee": say(lang, "nhân viên"),
        "specialist": say(lang, "chuyên viên"),
        "deputy_division_head": say(lang, "phó trưởng phòng"),
        "division_head": say(lang, "trưởng phòng"),
        "deputy_director": say(lang, "phó giám đốc"),
        "director": say(lang, "giám đốc"),
        "commune_leader": say(lang, "lãnh đạo cấp xã"),
    }


@cache
def ground_words(lang: str) -> dict[str, str]:
    """Ground of a deferral -> how a paper names it."""
    return {
        "discipline": say(lang, "đang bị xem xét kỷ luật"),
        "investigation": say(lang, "đang bị kiểm tra, xác minh, điều tra"),
        "illness": say(lang, "đang điều trị bệnh hiểm nghèo"),
        "study": say(lang, "đang đi học tập trung từ 12 tháng trở lên"),
        "secondment": say(lang, "đang biệt phái"),
        "pregnancy_or_child": say(lang, "đang mang thai hoặc nuôi con dưới 36 tháng tuổi"),
        "child_of_man": say(lang, "đang nuôi con dưới 36 tháng tuổi (trường hợp của nam)"),
        UNSAID: say(lang, "có lý do theo quy định"),
    }


@cache
def later_words(lang: str) -> dict[str, str]:
    """The same for days before or after the day of the check."""
    return {
        "discipline": say(lang, "bị xem xét kỷ luật"),
        "investigation": say(lang, "bị kiểm tra, xác minh, điều tra"),
        "illness": say(lang, "điều trị bệnh hiểm nghèo"),
        "study": say(lang, "đi học tập trung từ 12 tháng trở lên"),
        "secondment": say(lang, "biệt phái"),
        "pregnancy_or_child": say(lang, "mang thai hoặc nuôi con dưới 36 tháng tuổi"),
        "child_of_man": say(lang, "nuôi con dưới 36 tháng tuổi (trường hợp của nam)"),
        UNSAID: say(lang, "có lý do theo quy định"),
    }


@cache
def post_words(lang: str) -> dict[str, str]:
    """What is said of the current post."""
    return {
        "check": say(lang, "cần kiểm tra lại"),
        "held": say(
            lang, "Ngày {on} đang giữ vị trí «{title}» ({post}) tại {unit}, từ {start}{paper}."
        ),
        "paper": say(lang, ", theo văn bản số {no}"),
        "several": say(
            lang,
            "Có {n} văn bản cùng hiệu lực cho vị trí này, các văn bản sau đều ghi tiếp tục việc cũ: "
            "lấy văn bản bắt đầu sau cùng.",
        ),
        "none": say(lang, "Ngày {on} không giữ vị trí nào nên không thuộc diện chuyển đổi."),
        "two": say(
            lang,
            "Thiếu dữ liệu: ngày {on} có {n} vị trí cùng lúc ({posts}). Ghi ngày kết thúc của vị trí "
            "đã thôi giữ, hoặc ghi có tiếp tục việc cũ nếu vẫn là một vị trí.",
        ),
        "since": say(lang, "{post} từ {start}"),
        "no_start": say(
            lang,
            "Thiếu dữ liệu: không có vị trí hiện tại chắc chắn và văn bản vào vị trí {post}"
            "{paper} không có ngày bắt đầu. Bổ sung ngày.",
        ),
        "reversed": say(
            lang,
            "Thiếu dữ liệu: ở vị trí {post}{paper} ngày kết thúc {end} trước ngày bắt đầu {start}."
            " Sửa một trong hai ngày.",
        ),
    }


@cache
def subject_words(lang: str) -> dict[str, str]:
    """What is said of the regimes."""
    return {
        "statute": say(
            lang,
            "Thuộc diện chuyển đổi theo luật: vị trí trong danh mục {category} «{kind}», không phải "
            "vị trí lãnh đạo, quản lý ({source}).",
        ),
        "city": say(
            lang,
            "Thuộc thời hạn của Thành phố: vị trí tiếp xúc trực tiếp với người dân, doanh nghiệp, "
            "nhóm chức vụ {rank} ({source}; {check}).",
        ),
        "off": say(lang, "Không xét theo luật: quy tắc này đang tắt."),
        "unlisted": say(lang, "Không thuộc diện theo luật: vị trí không ghi mã danh mục."),
        "unknown": say(
            lang,
            "Không thuộc diện theo luật: mã {category} không có trong danh mục có hiệu lực ngày {on}.",
        ),
        "of_city": say(
            lang,
            "Không thuộc diện theo luật: mã {category} là mã của thời hạn Thành phố, không dùng để ghi "
            "cho vị trí. Ghi mã của danh mục theo luật, hoặc để trống.",
        ),
        "leads": say(
            lang,
            "Không thuộc diện theo luật: vị trí lãnh đạo, quản lý không chuyển đổi định kỳ ({source}).",
        ),
        "city_off": say(lang, "Không xét thời hạn của Thành phố: chủ trương này đang tắt."),
        "inside": say(
            lang,
            "Không thuộc thời hạn của Thành phố: vị trí không tiếp xúc trực tiếp với người dân, "
            "doanh nghiệp.",
        ),
        "rank": say(
            lang,
            "Không thuộc thời hạn của Thành phố: nhóm chức vụ {rank} không thuộc diện áp dụng.",
        ),
    }


@cache
def chain_words(lang: str) -> dict[str, str]:
    """What is said of each link on the way back, and of where it ends."""
    return {
        "yes": say(
            lang,
            "Văn bản bắt đầu {start} ghi tiếp tục việc cũ: tính cả vị trí {post} từ {since} đến {till}.",
        ),
        "event": say(
            lang,
            "Bảng sắp xếp cho biết việc cũ tiếp tục từ {start}{event}: tính cả vị trí {post} từ "
            "{since} đến {till}.",
        ),
        "renewed": say(
            lang,
            "Văn bản bắt đầu {start} giao lại cùng một vị trí: tính cả thời gian ở vị trí {post} từ "
            "{since} đến {till}.",
        ),
        "taken": say(
            lang,
            "Chưa rõ văn bản bắt đầu {start} có tiếp tục việc cũ không; cách tính này coi là có: tính "
            "cả vị trí {post} từ {since} đến {till}.",
        ),
        "no": say(lang, "Văn bản bắt đầu {start} ghi không tiếp tục việc cũ: không tính trước đó."),
        "event_no": say(
            lang,
            "Bảng sắp xếp cho biết việc cũ không tiếp tục từ {start}{event}: không tính trước đó.",
        ),
        "silent": say(
            lang,
            "Văn bản bắt đầu {start} không ghi tiếp tục việc cũ và trước đó là vị trí khác ({post}): "
            "không tính trước đó.",
        ),
        "first": say(
            lang,
            "Trong {gap} ngày liền trước {start} không giữ vị trí nào: không tính thời gian trước đó.",
        ),
        "refused": say(
            lang,
            "Chưa rõ văn bản bắt đầu {start} có tiếp tục việc cũ không; cách tính này coi là không.",
        ),
        "open": say(
            lang,
            "Chưa rõ văn bản bắt đầu {start} có tiếp tục việc cũ không; trong {gap} ngày liền trước đó "
            "không giữ vị trí nào: coi là không.",
        ),
        "nowhere": say(
            lang,
            "Thiếu dữ liệu: văn bản bắt đầu {start} ghi tiếp tục việc cũ nhưng trong {gap} ngày liền "
            "trước đó không giữ vị trí nào. Bổ sung văn bản cũ, hoặc sửa ô tiếp tục việc cũ.",
        ),
        "now": say(lang, "nay"),
    }


@cache
def term_words(lang: str) -> dict[str, str]:
    """What is said of probation, terms, dates and status."""
    return {
        "probation": say(lang, "Không tính thời gian tập sự từ {since} đến {till} ({source})."),
        "all": say(
            lang, "Toàn bộ thời gian được tính là tập sự: chưa thuộc diện chuyển đổi ({source})."
        ),
        "idle_statute": say(
            lang, "Thời hạn theo danh mục chưa tính: toàn bộ thời gian là tập sự ({source})."
        ),
        "idle_city": say(
            lang, "Thời hạn của Thành phố chưa tính: toàn bộ thời gian là tập sự ({source})."
        ),
        "clock": say(lang, "Thời gian giữ vị trí tính từ {start} ({source})."),
        "range": say(lang, "từ {low} đến {high} tháng"),
        "exact": say(lang, "đúng {high} tháng"),
        "statute": say(lang, "Thời hạn theo danh mục: {terms} ({source})."),
        "head": say(
            lang,
            "Thời hạn do người đứng đầu ấn định: {term} tháng, trong khung {terms} ({source}).",
        ),
        "outside": say(
            lang,
            "Thiếu dữ liệu: thời hạn do người đứng đầu ấn định {term} tháng nằm ngoài khung {terms} "
            "({source}). Sửa thời hạn của vị trí.",
        ),
        "city": say(lang, "Thời hạn của Thành phố: không quá {high} tháng ({source}; {check})."),
        "both": say(
            lang,
            "Áp dụng cả hai thời hạn: ngày cuối theo luật là {law}, theo Thành phố là {city}; lấy "
            "ngày sớm hơn.",
        ),
        "tie": say(
            lang,
            "Áp dụng cả hai thời hạn: ngày cuối theo luật và theo Thành phố cùng là {law}; lấy ngày "
            "theo luật.",
        ),
        "dates": say(lang, "Được chuyển từ {earliest}; phải chuyển chậm nhất vào {latest}."),
        "served": say(lang, "Đến {on} đã giữ vị trí {n} tháng."),
        "overdue": say(lang, "Quá hạn {n} ngày."),
        "due": say(lang, "Đến hạn: còn {n} ngày."),
        "due_soon": say(lang, "Sắp đến hạn: còn {n} ngày."),
        "may_move": say(lang, "Có thể chuyển; còn {n} ngày đến ngày cuối."),
        "not_yet": say(lang, "Chưa đến thời gian chuyển; còn {n} ngày đến ngày cuối."),
    }


@cache
def overlay_words(lang: str) -> dict[str, str]:
    """What is said of what puts a move off."""
    return {
        "exempt": say(
            lang,
            "Không chuyển đổi: nghỉ hưu ngày {day} ({age}), còn dưới {n} tháng kể từ {since} ({source}).",
        ),
        "past": say(
            lang,
            "Không chuyển đổi: theo ngày sinh đã ghi, đã quá tuổi nghỉ hưu từ ngày {day} ({age}; {source})."
            " Kiểm tra lại ngày sinh hoặc vị trí đang giữ.",
        ),
        "unborn": say(
            lang, "Ngày sinh đã ghi là {birth}, sau ngày kiểm tra. Kiểm tra lại ngày sinh."
        ),
        "year": say(lang, "Chỉ biết năm sinh nên tính là sinh ngày 01/01/{year}; {check}."),
        "deferred": say(
            lang,
            "Chưa chuyển đổi vì {ground}, từ {since} đến hết {until} ({source}); thời gian giữ vị trí "
            "vẫn tính tiếp.",
        ),
        "open": say(
            lang,
            "Chưa chuyển đổi vì {ground}, từ {since}, chưa rõ ngày hết ({source}); thời gian giữ vị "
            "trí vẫn tính tiếp.",
        ),
        "merged": say(
            lang,
            "Chưa chuyển đổi vì {now}; tính chung liên tục từ {since} đến hết {until} ({source}); thời "
            "gian giữ vị trí vẫn tính tiếp.",
        ),
        "merged_open": say(
            lang,
            "Chưa chuyển đổi vì {now}; tính chung liên tục từ {since}, chưa rõ ngày hết ({source}); thời "
            "gian giữ vị trí vẫn tính tiếp.",
        ),
        "beside": say(lang, "{now}; liền kề là {others}"),
        "part": say(lang, "{ground} từ {since} đến hết {until} ({clause})"),
        "part_open": say(lang, "{ground} từ {since}, chưa rõ ngày hết ({clause})"),
        "single": say(
            lang,
            "Vị trí duy nhất thuộc mã {category} của đơn vị, không có vị trí tương đương ở các đơn vị "
            "cùng cấp trên: cấp trên trực tiếp quyết định trong kế hoạch chuyển đổi chung ({source}).",
        ),
    }
