"""Lists the names of generated people, by culture."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Culture:
    """Given names and family names that go together."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    native: bool = False
    """Whether a name is a pair `native/Latin`; accounts are then named after its Latin form."""
    joined: bool = False
    """Whether a given name consists of two of these, written as one word."""
    order: str = "given family"
    """How the name is shown: `given family`, `family given`, or `family given (Family Given)` with the Latin form."""


def _culture(given: str, family: str, **more: str | bool) -> Culture:
    return Culture(tuple(given.split()), tuple(family.split()), **more)  # type: ignore[arg-type]


CULTURES = (
    _culture(
        "Andrei Ștefan Mihai Radu Ionuț Cătălin Sorin Gabriel Ioana Maria Elena Andreea Raluca Simona Oana Ilinca",
        "Popescu Ionescu Țurcanu Dumitrescu Bălan Stoica Văduva Marin Șerban Munteanu Rusu Dragomir Păun Neagu Iliescu",
    ),
    _culture(
        "James Oliver Harry Emily Grace Charlotte Daniel Thomas Sophie Hannah Lucy Samuel Aoife Conor Siobhán Owen",
        "Smith Jones O'Connor Walker O'Brien Hughes Wright O'Neill Clarke Bennett Murphy Price Shaw Fletcher Lloyd",
    ),
    _culture(
        "Jörg Lukas Anna Käthe Felix Hannah Björn Sabine Günther Greta Maximilian Leonie Jürgen Ute Moritz Franziska",
        "Müller Schmidt Weiß Schäfer Krüger Böhm Vogel Hartmann Groß Jäger Lange Köhler Brandt Fuchs Winkler",
    ),
    _culture(
        "Jean-Luc Chloé Amélie Étienne Camille Hélène Mathieu Zoé Benoît Inès Rémi Anaïs Luc Margaux Théo Élise",
        "Martin Lefèvre Moreau Girard Dupont François Gauthier Béranger Leroy Noël Chevalier Fontaine Roux Marchand",
    ),
    _culture(
        "José Lucía Sofía Andrés Inés Álvaro Núria Pablo Marta Óscar Irene Joaquín Elena Raúl Carmen Iván",
        "García Fernández Núñez López Martínez Muñoz Sánchez Ibáñez Romero Peña Ortega Castro Vázquez Molina Rubio",
    ),
    _culture(
        "Łukasz Zofia Agnieszka Michał Paweł Małgorzata Krzysztof Hanna Jakub Wiktoria Bartłomiej Ewa Piotr Maja",
        "Kowalski Nowak Wiśniewski Wójcik Kamiński Dąbrowski Szymański Woźniak Jankowski Mazur Król Górski Pawlak",
    ),
    _culture(
        "Lars Ingrid Søren Åse Bjørn Freja Magnus Linnéa Kåre Astrid Jørgen Siri Øyvind Maja Håkan Elsa",
        "Hansen Johansson Ødegård Lindström Sørensen Bergström Dahl Nyström Åkesson Holm Lund Kjær Berg Sjöberg Vik",
    ),
    _culture(
        "Ayşe Çağla Emre İrem Ömer Zeynep Kerem Şule Mehmet Elif Gökhan Büşra Cem Ece Barış Nilüfer",
        "Yılmaz Kaya Demir Çelik Şahin Öztürk Aydın Doğan Koç Güneş Arslan Kılıç Polat Erdoğan Aksoy",
    ),
    _culture(
        "Jiří Tereza Ondřej Kateřina Zdeněk Lucie Matěj Eliška Tomáš Adéla Vojtěch Jana Marek Klára Petr Alžběta",
        "Novák Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Růžička Beneš Fiala Sedláček Zeman Kolář",
    ),
    _culture(
        "Priya Arjun Ananya Rahul Kavya Vikram Meera Rohan Divya Sanjay Neha Karthik Pooja Aditya Lakshmi Nikhil",
        "Sharma Nair Patel Reddy Iyer Gupta Menon Singh Rao Banerjee D'Souza Desai Chatterjee Pillai Joshi Verma",
    ),
    _culture(
        "Amina Kwame Chidi Ngozi Kofi Adaeze Tunde Abena Emeka Zainab Yaw Folake Ibrahim Akosua Obinna Halima",
        "Okafor Mensah Adeyemi Owusu Eze Boateng Abubakar Nwosu Asante Balogun Obi Appiah Danjuma Ofori Okeke Sesay",
    ),
    _culture(
        "Fatima Omar Layla Yusuf Noor Khalid Amal Hassan Rania Tariq Salma Karim Dalia Samir Hala Nabil",
        "Al-Zahra Haddad Mansour El-Sayed Khoury Nasser Al-Amin Saleh Farouk Aziz Al-Rashid Hamdan Barakat Shahin Issa",
    ),
    _culture(
        "Minh Thảo Hùng Linh Đức Ngọc Quân Hương Tuấn Lan Dũng Mai Khôi Yến Bảo Trâm",
        "Nguyễn Trần Lê Phạm Huỳnh Võ Đặng Bùi Đỗ Hồ Ngô Dương",
        order="family given",
    ),
    _culture(
        "丽/Li 华/Hua 伟/Wei 芳/Fang 文/Wen 强/Qiang 敏/Min 静/Jing 磊/Lei 洋/Yang 艳/Yan 勇/Yong 杰/Jie 涛/Tao "
        "明/Ming 雪/Xue 志/Zhi 国/Guo 春/Chun 海/Hai 玉/Yu 建/Jian 晓/Xiao 宇/Yu",
        "王/Wang 李/Li 张/Zhang 刘/Liu 陈/Chen 杨/Yang 黄/Huang 赵/Zhao 周/Zhou 吴/Wu 徐/Xu 孙/Sun 欧阳/Ouyang 马/Ma",
        native=True,
        joined=True,
        order="family given (Family Given)",
    ),
    _culture(
        "陽翔/Haruto 結衣/Yui 蓮/Ren 葵/Aoi 大翔/Hiroto 美咲/Misaki 翔太/Shota 凛/Rin 健/Ken 愛/Ai 直樹/Naoki 花/Hana "
        "拓海/Takumi 桜/Sakura 誠/Makoto 恵/Megumi 浩二/Koji 裕子/Yuko 隆/Takashi 由美/Yumi 聡/Satoshi 楓/Kaede 亮/Ryo",
        "佐藤/Sato 鈴木/Suzuki 高橋/Takahashi 田中/Tanaka 伊藤/Ito 渡辺/Watanabe 山本/Yamamoto 中村/Nakamura "
        "林/Hayashi 小林/Kobayashi 加藤/Kato 吉田/Yoshida 山田/Yamada 佐々木/Sasaki 山口/Yamaguchi 松本/Matsumoto",
        native=True,
        order="family given",
    ),
    _culture(
        "민/Min 준/Jun 서/Seo 연/Yeon 지/Ji 훈/Hoon 하/Ha 은/Eun 도/Do 윤/Yun 수/Su 빈/Bin 현/Hyun 우/Woo 예/Ye 진/Jin",
        "김/Kim 이/Lee 박/Park 최/Choi 정/Jung 강/Kang 조/Cho 윤/Yoon 장/Jang 임/Lim 한/Han",
        native=True,
        joined=True,
        order="family given (Family Given)",
    ),
)
"""The cultures from which generated people come, all equally often."""

JOBS = (
    ("Software Engineer", "Engineering"), ("Data Analyst", "Engineering"), ("QA Engineer", "Engineering"),
    ("Designer", "Design"), ("Recruiter", "People"), ("Accountant", "Finance"), ("Controller", "Finance"),
    ("Sales Representative", "Sales"), ("Account Manager", "Sales"), ("Warehouse Worker", "Operations"),
    ("Office Assistant", "Operations"), ("Support Engineer", "IT"), ("Legal Counsel", "Legal"),
    ("Marketing Manager", "Marketing"), ("Project Manager", "Operations"), ("Intern", "Engineering"),
)  # fmt: skip
"""Roles, each with its department."""
