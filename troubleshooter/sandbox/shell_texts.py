"""The texts of the Copilot app's pages, in five languages. Product names are the same in all of them (facts, 1.5).

The English entries `opens` and `work_account` are known from the real service; all others are the sandbox's own.
"""

from collections.abc import Mapping

from starlette.requests import Request

_NAMES = (
    "chat", "new_chat", "history", "apps", "all_apps", "launcher", "find_apps", "collapse", "opens", "card_tip", "more",
    "work_account", "licence", "view_account", "sign_out", "settings", "close", "show_me", "welcome", "next", "got_it",
    "later", "tip", "banner", "recent", "admin_center", "hello", "question", "share",
)  # fmt: skip
_ROWS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Chat", "New chat", "Chats", "Apps", "All apps", "App launcher", "Find Microsoft 365 apps", "Collapse",
        "{app} will be opened in new tab", "Press space or enter to follow the link, arrow down to open More options",
        "More options", "Work account", "M365 Copilot (Basic)", "View account", "Sign out", "Settings", "Close",
        "Show me", "Welcome to the new app", "Next", "Got it", "Not now", "Your chats are kept here",
        "A new look is coming next month", "Recent", "admin center", "Hello", "Which files are in SharePoint?",
        "Share",
    ),
    "de": (
        "Chat", "Neuer Chat", "Chats", "Apps", "Alle Apps", "App-Startfeld", "Microsoft 365-Apps suchen", "Einklappen",
        "{app} wird in einer neuen Registerkarte geöffnet",
        "Leertaste oder Eingabe folgt dem Link, Pfeil nach unten öffnet weitere Optionen", "Weitere Optionen",
        "Geschäftskonto", "M365 Copilot (Basic)", "Konto anzeigen", "Abmelden", "Einstellungen", "Schließen",
        "Zeigen", "Willkommen in der neuen App", "Weiter", "Verstanden", "Jetzt nicht",
        "Ihre Chats bleiben hier erhalten", "Nächsten Monat kommt ein neues Aussehen", "Zuletzt verwendet",
        "Admin Center", "Hallo", "Welche Dateien liegen in SharePoint?", "Teilen",
    ),
    "ro": (
        "Chat", "Chat nou", "Chaturi", "Aplicații", "Toate aplicațiile", "Lansatorul de aplicații Microsoft 365",
        "Găsiți aplicații Microsoft 365", "Restrângeți", "Aplicația {app} se va deschide într-o filă nouă",
        "Spațiu sau Enter urmează linkul, săgeată în jos deschide mai multe opțiuni", "Mai multe opțiuni",
        "Cont de la locul de muncă", "M365 Copilot (Basic)", "Vizualizați contul", "Deconectați-vă", "Setări",
        "Închideți", "Arătați-mi", "Bine ați venit în noua aplicație", "Următorul", "Am înțeles", "Nu acum",
        "Chaturile rămân aici", "Luna viitoare vine un aspect nou", "Recente", "centrul de administrare", "Bună ziua",
        "Ce fișiere sunt în SharePoint?", "Partajați",
    ),
    "ja": (
        "チャット", "新しいチャット", "チャット履歴", "アプリ", "すべてのアプリ", "アプリ起動ツール",
        "Microsoft 365 アプリを検索", "折りたたむ", "{app} は新しいタブで開きます",
        "スペースまたは Enter でリンクを開き、下矢印でその他のオプションを開きます", "その他のオプション",
        "職場アカウント", "M365 Copilot (Basic)", "アカウントを表示", "サインアウト", "設定", "閉じる", "表示する",
        "新しいアプリへようこそ", "次へ", "了解", "後で", "チャットはここに保存されます", "来月、新しい外観になります",
        "最近使用", "管理センター", "こんにちは", "SharePoint にはどのファイルがありますか?", "共有",
    ),
    "ar": (
        "الدردشة", "دردشة جديدة", "الدردشات", "التطبيقات", "جميع التطبيقات", "مشغل التطبيقات",
        "البحث عن تطبيقات Microsoft 365", "طي", "سيتم فتح {app} في علامة تبويب جديدة",
        "اضغط على مسافة أو إدخال لتتبع الارتباط، وسهم لأسفل لفتح المزيد من الخيارات", "المزيد من الخيارات",
        "حساب العمل", "M365 Copilot (Basic)", "عرض الحساب", "تسجيل الخروج", "الإعدادات", "إغلاق", "أرني",
        "مرحبًا بك في التطبيق الجديد", "التالي", "حسنًا", "ليس الآن", "يتم الاحتفاظ بدردشاتك هنا",
        "مظهر جديد قادم الشهر القادم", "الأخيرة", "مركز الإدارة", "مرحبًا", "ما الملفات الموجودة في SharePoint؟",
        "مشاركة",
    ),
}  # fmt: skip
SHELL_TEXTS: Mapping[str, Mapping[str, str]] = {
    language: dict(zip(_NAMES, row, strict=True)) for language, row in _ROWS.items()
}
"""Language, to name of the text, to text."""


def shell_language(request: Request) -> str:
    """Return the first language of Accept-Language if there are texts in it, else English."""
    first = request.headers.get("accept-language", "").strip().lower()[:2]
    return first if first in SHELL_TEXTS else "en"
